"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type Answer, callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { disable, enable, endSessionsOf, linkSubject, makeResetLink } from "@/lib/people/actions";
import type { AccountStatus } from "@/lib/people/schema";
import { resetFactors } from "@/lib/second-factor/actions";
import { OneTimeLink } from "./one-time-link";
import { useFailure } from "./use-failure";

type PersonAccessProps = {
  id: string;
  name: string;
  status: AccountStatus;
  appUrl: string;
  hasPasswords: boolean;
  /** When another account of single sign-on with this person's e-mail asked to be let in, in epoch ms. */
  linkAskedAt: number | undefined;
  hasFactor: boolean;
};

/** Reset link, second factor, disabling and enabling. Each asks for confirmation. */
export function PersonAccess({
  id,
  name,
  status,
  appUrl,
  hasPasswords,
  linkAskedAt,
  hasFactor,
}: PersonAccessProps) {
  const t = useTranslations("people");
  const router = useRouter();
  const toFailure = useFailure();
  const [question, setQuestion] = useState<Question>();
  const [token, setToken] = useState<string>();

  const ask = <T,>(
    words: "disable" | "enable" | "endSessions" | "newLink" | "newInvite" | "linkSubject" | "resetFactor",
    run: () => Promise<Answer<T>>,
    use: (value: T) => void = () => undefined,
  ) =>
    setQuestion({
      title: t(`${words}.question`, { name }),
      consequence: t(`${words}.consequence`),
      verb: t(`${words}.verb`),
      act: async () => {
        const answer = await callServer({ action: run });
        if (answer.ok) {
          use(answer.value);
          return undefined;
        }
        const { title, body } = toFailure(answer.code);
        return { sentence: `${title} ${body}` };
      },
      onDone: () => router.refresh(),
    });
  const link = status === "invited" ? "newInvite" : "newLink";

  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        {status === "disabled" ? (
          <Button onClick={() => ask("enable", () => enable(id))}>{t("enable.verb")}</Button>
        ) : (
          <>
            {hasPasswords && (
              <Button
                look="secondary"
                onClick={() =>
                  ask(
                    link,
                    () => makeResetLink(id),
                    (made) => setToken(made.token),
                  )
                }
              >
                {t(`${link}.verb`)}
              </Button>
            )}
            {linkAskedAt !== undefined && (
              <Button
                look="secondary"
                onClick={() => ask("linkSubject", () => linkSubject({ id, askedAt: linkAskedAt }))}
              >
                {t("linkSubject.verb")}
              </Button>
            )}
            {hasFactor && (
              <Button look="secondary" onClick={() => ask("resetFactor", () => resetFactors(id))}>
                {t("resetFactor.verb")}
              </Button>
            )}
            <Button look="secondary" onClick={() => ask("endSessions", () => endSessionsOf(id))}>
              {t("endSessions.verb")}
            </Button>
            <Button
              look="secondary"
              onClick={() =>
                ask(
                  "disable",
                  () => disable(id),
                  () => setToken(undefined),
                )
              }
            >
              {t("disable.verb")}
            </Button>
          </>
        )}
      </div>
      {token && <OneTimeLink address={`${appUrl}/setup?token=${token}`} name={name} />}
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}
