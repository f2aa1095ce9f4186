"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { confirmTotp } from "@/lib/second-factor/actions";
import type { TotpSheet } from "@/lib/second-factor/schema";
import { useFactorFailure } from "./use-factor-failure";

type TotpSetUpProps = { sheet: TotpSheet; onDone: (codes: string[]) => void; onCancel: () => void };

/** Scan or type the secret, then prove with a first code that the app has it. */
export function TotpSetUp({ sheet, onDone, onCancel }: TotpSetUpProps) {
  const t = useTranslations("factor.app");
  const problems = useTranslations("proof.problems");
  const toFailure = useFactorFailure();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const confirm = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector("input");
    if (isBusy) return;
    setBusy(true);
    const answer = await callServer({
      action: () => confirmTotp({ code: field?.value ?? "", begun: sheet.begun }),
    });
    setBusy(false);
    if (answer.ok) return onDone(answer.value.codes);
    const wrong = answer.fields?.code;
    setError(wrong);
    setFailure(wrong ? undefined : answer.code);
    field?.select();
  };

  return (
    <form method="dialog" noValidate onSubmit={confirm} className="flex flex-col gap-3">
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
      <Field
        id="totp-code"
        label={t("code")}
        hint={t("codeHint")}
        error={error && problems(problems.has(error) ? error : "other")}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={40}
        autoFocus
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" aria-disabled={isBusy}>
          {t(isBusy ? "confirming" : "confirm")}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
      {failure && !isBusy && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
