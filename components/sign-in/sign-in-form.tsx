"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { dropOldDrafts } from "@/components/drafts/drop-old-drafts";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PersonInput } from "./person-input";
import { type SignInResult, signIn } from "./sign-in";
import { useWait } from "./use-wait";

type SignInFormProps = {
  /** Only this person may sign in here. */
  email?: string;
  onSignedIn: () => void;
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
    if (answer.kind === "wrong") setFocus("password");
  });
  const time = result?.kind === "wait" ? toWords(result.seconds) : "";

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-2">
      <PersonInput
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        readOnly={email !== ""}
        problem={errors.email?.message}
        {...register("email", { required: "email_missing" })}
      />
      <PersonInput
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
      {result && result.kind !== "signed_in" && !isSubmitting && (
        <Notice role="alert" title={t(`${result.kind}.title`, { time })} body={t(`${result.kind}.body`)} />
      )}
    </form>
  );
}
