"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type Answer, callServer } from "@/components/server/call-server";
import { inTime } from "@/components/server/in-time";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { askForPasskey, proveByCode, proveByPasskey, proveByPassword } from "@/lib/proof/actions";
import type { ProofWay } from "@/lib/proof/schema";
import { SignOnAgain } from "./sign-on-again";
import { useProofFailure } from "./use-proof-failure";
import { useWait } from "./use-wait";

type ProofFormProps = {
  ways: ProofWay[];
  /** Not at sign-in, where the page that was wanted takes the place of this one at once. */
  tellsCodesLeft?: boolean;
  onProven: () => void;
};
type Problem = { title: string; body: string };

/** One way at a time, the usual one first; the others are one press away. */
export function ProofForm({ ways, tellsCodesLeft = false, onProven }: ProofFormProps) {
  const t = useTranslations("proof");
  const toFailure = useProofFailure();
  const toTime = useWait();
  const [way, setWay] = useState(ways[0]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [codesLeft, setCodesLeft] = useState<number>();
  const form = useRef<HTMLFormElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each way has its own field
  useEffect(() => form.current?.querySelector("input")?.focus(), [way]);

  const choose = (next: ProofWay) => {
    setError(undefined);
    setProblem(undefined);
    setWay(next);
  };
  const settle = (answer: Answer, field: string) => {
    setBusy(false);
    if (answer.ok) return onProven();
    const wrong = answer.fields?.[field];
    setError(wrong);
    form.current?.querySelector("input")?.select();
    if (answer.code === "wait") {
      const time = toTime(Number(answer.fields?.seconds));
      setProblem({ title: t("wait.title", { time }), body: t("wait.body") });
    } else setProblem(wrong ? undefined : toFailure(answer.code));
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = event.currentTarget.querySelector("input")?.value ?? "";
    if (isBusy) return;
    setBusy(true);
    if (way === "password") {
      settle(await callServer({ action: () => proveByPassword({ password: typed }) }), "password");
      return;
    }
    const answer = await callServer({ action: () => proveByCode({ code: typed }) });
    const left = answer.ok ? answer.value.codesLeft : undefined;
    if (left === undefined || !tellsCodesLeft) return settle(answer, "code");
    setBusy(false);
    setCodesLeft(left);
  };
  const givePasskey = async () => {
    if (isBusy) return;
    setBusy(true);
    setProblem(undefined);
    settle(await provePasskey(), "passkey");
  };
  const words = error && t(t.has(`problems.${error}`) ? `problems.${error}` : "problems.other");

  if (codesLeft !== undefined) {
    return (
      <Notice role="alert" title={t("used.title", { count: codesLeft })} body={t("used.body")}>
        <Button autoFocus onClick={onProven}>
          {t("used.verb")}
        </Button>
      </Notice>
    );
  }
  return (
    <form ref={form} method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-(--row-gap)">
      {way === "password" && (
        <PasswordField
          id="proof-password"
          label={t("password")}
          autoComplete="current-password"
          error={words}
        />
      )}
      {way === "totp" && (
        <Field
          key="totp"
          id="proof-code"
          label={t("code")}
          hint={t("codeHint")}
          error={words}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={40}
        />
      )}
      {way === "recovery" && (
        <Field
          key="recovery"
          id="proof-recovery"
          label={t("recovery")}
          hint={t("recoveryHint")}
          error={words}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
        />
      )}
      {(way === "password" || way === "totp" || way === "recovery") && (
        <Button type="submit" className="w-full" aria-disabled={isBusy}>
          {t(isBusy ? "checking" : "verb")}
        </Button>
      )}
      {way === "passkey" && (
        <>
          <Button className="w-full" aria-disabled={isBusy} onClick={givePasskey}>
            {t(isBusy ? "waiting" : "passkey")}
          </Button>
          <p role="alert" className="text-13 font-medium text-needs-admin-ink empty:hidden">
            {!isBusy && words}
          </p>
        </>
      )}
      {way === "signOn" && <SignOnAgain onDone={onProven} />}
      {way === undefined && <Notice title={t("nothing.title")} body={t("nothing.body")} />}
      {problem && !isBusy && <Notice role="alert" {...problem} />}
      <div className="flex flex-wrap gap-x-4">
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <button
              key={other}
              type="button"
              onClick={() => choose(other)}
              className="inline-flex min-h-11 cursor-pointer items-center rounded-control text-13 font-medium text-accent-ink underline underline-offset-2 lg:min-h-9"
            >
              {t(`ways.${other}`)}
            </button>
          ))}
      </div>
    </form>
  );
}

/** The browser asks for the passkey. One that was not given counts as refused. */
async function provePasskey(): Promise<Answer> {
  const asked = await callServer({ action: () => askForPasskey(undefined) });
  if (!asked.ok) return asked;
  const refused = { ok: false, code: "invalid", fields: { passkey: "passkey_refused" } } as const;
  try {
    const { startAuthentication } = await inTime(import("@simplewebauthn/browser"));
    const answer = await startAuthentication({ optionsJSON: asked.value });
    return await callServer({ action: () => proveByPasskey(answer) });
  } catch {
    return refused;
  }
}
