"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { dropOldDrafts } from "@/components/drafts/drop-old-drafts";
import { useWait } from "@/components/proof/use-wait";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Waits } from "@/lib/second-factor/schema";
import { PersonInput } from "./person-input";
import { type SignInResult, signIn } from "./sign-in";

type SignInFormProps = {
  /** Only this person may sign in here. */
  email?: string;
  /** `factor` and `set_up`: something is still missing. */
  onSignedIn: (missing?: Waits) => void;
};

export function SignInForm({ email = "", onSignedIn }: SignInFormProps) {
  const t = useTranslations("people");
  const toWords = useWait();
  const [result, setResult] = useState<SignInResult>();
  const { register, handleSubmit, formState, setFocus } = useForm({ defaultValues: { email, password: "" } });
  const { errors, isSubmitting } = formState;
  useEffect(() => dropOldDrafts(), []);

  const submit = handleSubmit(async (credentials) => {
    const answer = await signIn(credentials);
    setResult(answer);
    if (answer.kind === "signed_in") onSignedIn();
    if (answer.kind === "factor" || answer.kind === "set_up") onSignedIn(answer.kind);
    if (answer.kind === "wrong") setFocus("password");
  });
  const refused = result && toRefused(result);
  const time = result?.kind === "wait" ? toWords(result.seconds) : "";

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-(--row-gap)">
      <PersonInput
        type="email"
        autoFocus={email === ""}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={email !== ""}
        problem={errors.email?.message}
        {...register("email", { required: "email_missing" })}
      />
      <PersonInput
        autoFocus={email !== ""}
        autoComplete="current-password"
        problem={errors.password?.message}
        {...register("password", { required: "password_missing" })}
      />
      <Button type="submit" className="w-full">
        {t("signIn")}
      </Button>
      <p role="status" className="min-h-4 text-12 text-ink-muted">
        {isSubmitting && t("signingIn")}
      </p>
      {refused && !isSubmitting && (
        <Notice role="alert" title={t(`${refused}.title`, { time })} body={t(`${refused}.body`)} />
      )}
    </form>
  );
}

/** The message of a refusal; undefined when the password was right. */
function toRefused({ kind }: SignInResult) {
  return kind === "signed_in" || kind === "factor" || kind === "set_up" ? undefined : kind;
}
