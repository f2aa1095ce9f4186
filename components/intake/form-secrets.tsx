"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { ExactTime } from "@/components/ui/exact-time";
import { SelectField } from "@/components/ui/select-field";
import { dropSecret, makeSecret } from "@/lib/intake/actions";
import { useIntakeFailure } from "./use-intake-failure";

const DAYS = ["90", "365", ""] as const;

type Secret = { id: string; lastFour: string; createdAt: number; expiresAt: number | null };
type FormSecretsProps = { formId: string; secrets: Secret[]; serverNow: number };

/** Keys for programs. One is shown once, when it is made. */
export function FormSecrets({ formId, secrets, serverNow }: FormSecretsProps) {
  const t = useTranslations("intake.secrets");
  const router = useRouter();
  const toFailure = useIntakeFailure();
  const [made, setMade] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [question, setQuestion] = useState<Question>();

  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const days = String(new FormData(event.currentTarget).get("days") ?? "");
    const answer = await callServer({
      action: () => makeSecret({ id: formId, days: days === "" ? null : Number(days) }),
    });
    setFailure(answer.ok ? undefined : toFailure(answer.code));
    if (!answer.ok) return;
    setMade(answer.value.secret);
    router.refresh();
  };
  const askToDrop = ({ id, lastFour }: Secret) =>
    setQuestion({
      title: t("drop.question", { lastFour }),
      consequence: t("drop.consequence"),
      verb: t("drop.verb"),
      act: async () => {
        const answer = await callServer({ action: () => dropSecret(id) });
        return answer.ok ? undefined : { sentence: toFailure(answer.code) };
      },
      onDone: () => router.refresh(),
    });

  return (
    <div className="flex max-w-2xl flex-col gap-3">
      <p className="text-13 text-ink-muted">{t("hint")}</p>
      {secrets.length > 0 && (
        <ul className="rounded-panel border border-border bg-surface">
          {secrets.map((secret) => (
            <li
              key={secret.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-border px-4 py-2 text-13 last:border-b-0"
            >
              <code className="font-mono">…{secret.lastFour}</code>
              <span className="grow text-ink-muted">
                {secret.expiresAt === null ? (
                  t("forEver")
                ) : (
                  <>
                    {t(secret.expiresAt > serverNow ? "until" : "ended")} <ExactTime at={secret.expiresAt} />
                  </>
                )}
              </span>
              <Button look="secondary" size="small" onClick={() => askToDrop(secret)}>
                {t("drop.verb")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {made && (
        <div role="status" className="rounded-panel bg-good-tint p-4">
          <p className="font-semibold text-good-ink">{t("made")}</p>
          <p className="mt-1 text-13">{t("madeHint")}</p>
          <div className="mt-2 flex items-center gap-2">
            <code translate="no" className="min-w-0 grow font-mono text-13 break-all">
              {made}
            </code>
            <CopyButton text={made} label={t("copy")} className="shrink-0" />
          </div>
        </div>
      )}
      <form method="dialog" onSubmit={make} className="flex flex-wrap items-start gap-2">
        <SelectField
          id="secret-days"
          name="days"
          label={t("end")}
          className="w-full sm:w-56"
          defaultValue="365"
        >
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days === "" ? t("forEver") : t("days", { days: Number(days) })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" look="secondary" className="max-sm:w-full sm:mt-5 md:mt-6">
          {t("make")}
        </Button>
      </form>
      {failure && (
        <p role="alert" className="text-13 font-medium text-needs-admin-ink">
          {failure}
        </p>
      )}
      {question && <Confirm question={question} onClose={() => setQuestion(undefined)} />}
    </div>
  );
}
