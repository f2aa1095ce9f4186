"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type SubmitEvent, useId, useState } from "react";
import { callServer, KOMMO_WAIT_MS } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { connectAccount } from "@/lib/account/actions";
import { useFailureWords } from "./use-failure-words";

/** The token goes to the server and never comes back. The server tries it with Kommo at once. */
export function ConnectForm({ subdomain }: { subdomain: string }) {
  const t = useTranslations("kommo");
  const toWords = useFailureWords();
  const id = useId();
  const { refresh } = useRouter();
  const [progress, setProgress] = useState<"typing" | "trying" | "connected">("typing");
  const [problems, setProblems] = useState<Record<string, string>>({});

  const connect = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (progress === "trying") return;
    setProgress("trying");
    const result = await callServer({
      action: () => connectAccount(Object.fromEntries(new FormData(form))),
      waitMs: KOMMO_WAIT_MS,
    });
    if (result.ok) {
      form.reset();
      setProblems({});
      setProgress("connected");
      return refresh();
    }
    const fields = result.fields ?? {};
    setProblems(Object.keys(fields).length > 0 ? fields : { form: toWords(result.code) });
    setProgress("typing");
    const first = ["subdomain", "token"].find((name) => name in fields);
    if (first) form.querySelector<HTMLElement>(`[name=${first}]`)?.focus();
  };
  const errorOf = (name: string) => {
    const code = problems[name];
    return code && t(t.has(`problems.${code}`) ? `problems.${code}` : "problems.other");
  };

  return (
    <form method="dialog" noValidate onSubmit={connect} className="max-w-2xl pt-2 pb-2">
      <div className="grid gap-x-4 sm:grid-cols-2">
        <Field
          id={`${id}-subdomain`}
          name="subdomain"
          label={t("subdomain")}
          hint={t("subdomainHint")}
          error={errorOf("subdomain")}
          defaultValue={subdomain}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Field
          id={`${id}-token`}
          name="token"
          type="password"
          label={t("newToken")}
          hint={t("tokenHint")}
          error={errorOf("token")}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <Button type="submit" size="small" className="mt-1" aria-disabled={progress === "trying"}>
        {t(progress === "trying" ? "trying" : "connect")}
      </Button>
      <p role="status" className="mt-2 text-13 text-good-ink empty:hidden">
        {progress === "connected" ? t("connected") : null}
      </p>
      <p role="alert" className="mt-2 text-13 font-medium text-needs-admin-ink empty:hidden">
        {problems.form}
      </p>
    </form>
  );
}
