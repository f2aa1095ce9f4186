"use client";

import { useTranslations } from "next-intl";
import { callServer } from "@/components/server/call-server";
import { confirmTotp } from "@/lib/second-factor/actions";
import type { TotpSheet } from "@/lib/second-factor/schema";
import { FactorForm, type Refused } from "./factor-form";

type TotpSetUpProps = { sheet: TotpSheet; onDone: (codes: string[]) => void; onCancel: () => void };

/** Scan or type the secret, then prove with a first code that the app has it. */
export function TotpSetUp({ sheet, onDone, onCancel }: TotpSetUpProps) {
  const t = useTranslations("factor.app");
  const problems = useTranslations("proof.problems");

  const confirm = async (code: string): Promise<Refused | undefined> => {
    const answer = await callServer({ action: () => confirmTotp({ code, begun: sheet.begun }) });
    if (!answer.ok) return answer.fields?.code ? { error: answer.fields.code } : { failure: answer.code };
    onDone(answer.value.codes);
    return undefined;
  };

  return (
    <FactorForm
      field={{
        id: "totp-code",
        label: t("code"),
        hint: t("codeHint"),
        inputMode: "numeric",
        autoComplete: "one-time-code",
        maxLength: 40,
      }}
      toError={(key) => problems(problems.has(key) ? key : "other")}
      words={{ verb: t("confirm"), busy: t("confirming"), cancel: t("cancel") }}
      onSubmit={confirm}
      onCancel={onCancel}
    >
      <p className="text-13">{t("scan")}</p>
      <svg
        role="img"
        aria-label={t("qr")}
        viewBox={`0 0 ${sheet.qr.size} ${sheet.qr.size}`}
        shapeRendering="crispEdges"
        className="size-48 rounded-control bg-qr-ground text-qr-dots"
      >
        <path d={sheet.qr.path} fill="currentColor" />
      </svg>
      <p className="text-13">
        {t("type")}
        <code translate="no" className="mt-1 block font-mono text-13 break-all select-all">
          {sheet.secret.match(/.{1,4}/g)?.join(" ")}
        </code>
      </p>
    </FactorForm>
  );
}
