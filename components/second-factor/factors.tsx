"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type Answer, callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { removePasskey, removeTotp, renewCodes, startTotp } from "@/lib/second-factor/actions";
import type { Factors as OwnFactors, TotpSheet } from "@/lib/second-factor/schema";
import { PasskeySetUp } from "./passkey-set-up";
import { RenamePasskey } from "./rename-passkey";
import { ShownCodes } from "./shown-codes";
import { TotpSetUp } from "./totp-set-up";
import { useFactorFailure } from "./use-factor-failure";
import { usePasskeySupport } from "./use-passkey-support";

type FactorsProps = { factors: OwnFactors; serverNow: number };

/** One's own second factors: setting them up, renewing the recovery codes, removing them. */
export function Factors({ factors, serverNow }: FactorsProps) {
  const t = useTranslations("factor");
  const router = useRouter();
  const toFailure = useFactorFailure();
  const hasPasskeys = usePasskeySupport();
  const [doing, setDoing] = useState<TotpSheet | "passkey">();
  const [renaming, setRenaming] = useState<OwnFactors["passkeys"][number]>();
  const [codes, setCodes] = useState<string[]>();
  const [question, setQuestion] = useState<Question>();
  const [failure, setFailure] = useState<string>();
  const [news, setNews] = useState("");
  const { totpSince, codesLeft, passkeys } = factors;

  const start = (next: TotpSheet | "passkey") => {
    setFailure(undefined);
    setNews("");
    setDoing(next);
  };
  const startApp = async () => {
    const answer = await callServer({ action: () => startTotp(undefined) });
    if (answer.ok) start(answer.value);
    else setFailure(answer.code);
  };
  const finish = (shown: string[], done: string) => {
    setDoing(undefined);
    setCodes(shown.length > 0 ? shown : undefined);
    setNews(shown.length > 0 ? `${done} ${t("othersEnded")}` : done);
    router.refresh();
  };
  const cancel = () => setDoing(undefined);
  const rename = (passkey: typeof renaming) => {
    setFailure(undefined);
    setNews("");
    setRenaming(passkey);
  };
  const finishRename = () => {
    setRenaming(undefined);
    setNews(t("passkeys.rename.done"));
    router.refresh();
  };
  const ask = <T,>(
    words: "app.remove" | "codes.renew" | "passkeys.remove",
    run: () => Promise<Answer<T>>,
    use: (value: T) => void,
    name = "",
  ) => {
    setNews("");
    setFailure(undefined);
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
  };

  return (
    <div className="flex flex-col gap-4">
      {codes && <ShownCodes codes={codes} onSaved={() => setCodes(undefined)} />}
      {doing === "passkey" && (
        <PasskeySetUp onDone={(shown) => finish(shown, t("passkeys.done"))} onCancel={cancel} />
      )}
      {doing && doing !== "passkey" && (
        <TotpSetUp
          sheet={doing}
          onDone={(shown) => finish(shown, t(totpSince === null ? "app.done" : "app.moved"))}
          onCancel={cancel}
        />
      )}
      {renaming && (
        <RenamePasskey passkey={renaming} onDone={finishRename} onCancel={() => setRenaming(undefined)} />
      )}
      {!doing && !renaming && (
        <ul aria-label={t("title")} className="divide-y divide-border border-y border-border">
          <Factor
            title={t("app.title")}
            state={
              totpSince === null ? (
                t("app.none")
              ) : (
                <>
                  {t("since")} <RelativeTime at={totpSince} serverNow={serverNow} />
                </>
              )
            }
          >
            {totpSince === null ? (
              <Button look="secondary" size="small" onClick={startApp}>
                {t("app.setUp")}
              </Button>
            ) : (
              <div className="flex flex-wrap justify-end gap-2">
                <Button look="secondary" size="small" onClick={startApp}>
                  {t("app.move")}
                </Button>
                <Button
                  look="secondary"
                  size="small"
                  onClick={() =>
                    ask(
                      "app.remove",
                      () => removeTotp(undefined),
                      () => setNews(t("app.removed")),
                    )
                  }
                >
                  {t("app.remove.verb")}
                </Button>
              </div>
            )}
          </Factor>
          {passkeys.map((passkey) => {
            const { id, name, usedAt } = passkey;
            return (
              <Factor
                key={id}
                title={<span translate="no">{name}</span>}
                state={
                  usedAt === null ? (
                    t("passkeys.unused")
                  ) : (
                    <>
                      {t("passkeys.used")} <RelativeTime at={usedAt} serverNow={serverNow} />
                    </>
                  )
                }
              >
                <div className="flex flex-wrap justify-end gap-2">
                  <Button
                    look="secondary"
                    size="small"
                    aria-label={t("passkeys.rename.named", { name })}
                    onClick={() => rename(passkey)}
                  >
                    {t("passkeys.rename.verb")}
                  </Button>
                  <Button
                    look="secondary"
                    size="small"
                    aria-label={t("passkeys.remove.named", { name })}
                    onClick={() =>
                      ask(
                        "passkeys.remove",
                        () => removePasskey(id),
                        () => setNews(t("passkeys.removed")),
                        name,
                      )
                    }
                  >
                    {t("passkeys.remove.verb")}
                  </Button>
                </div>
              </Factor>
            );
          })}
          <Factor
            title={t("passkeys.title")}
            state={t(hasPasskeys ? "passkeys.hint" : "passkeys.unsupported")}
          >
            {hasPasskeys && (
              <Button look="secondary" size="small" className="shrink-0" onClick={() => start("passkey")}>
                {t("passkeys.add")}
              </Button>
            )}
          </Factor>
          {codesLeft > 0 && (
            <Factor title={t("codes.title")} state={t("codes.left", { count: codesLeft })}>
              <Button
                look="secondary"
                size="small"
                onClick={() =>
                  ask(
                    "codes.renew",
                    () => renewCodes(undefined),
                    (made) => setCodes(made.codes),
                  )
                }
              >
                {t("codes.renew.verb")}
              </Button>
            </Factor>
          )}
        </ul>
      )}
      <p role="status" className="text-12 font-medium text-good-ink empty:hidden">
        {news}
      </p>
      {failure && <Notice role="alert" {...toFailure(failure)} />}
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}

type FactorProps = { title: ReactNode; state: ReactNode; children: ReactNode };

function Factor({ title, state, children }: FactorProps) {
  return (
    <li className="flex min-h-14 items-center justify-between gap-3 py-2">
      <div className="min-w-0 text-13">
        <p className="text-14 font-medium break-words">{title}</p>
        <p className="text-ink-muted">{state}</p>
      </div>
      {children}
    </li>
  );
}
