"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PersonInput } from "./person-input";
import { type SignInResult, signIn, toOwnPage } from "./sign-in";

export function SignInForm({ callback }: { callback?: string }) {
  const t = useTranslations("people");
  const [result, setResult] = useState<SignInResult>();
  const { register, handleSubmit, formState, setFocus } = useForm({
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (credentials) => {
    const answer = await signIn(credentials);
    setResult(answer);
    if (answer === "signed_in") location.assign(toOwnPage(callback, location.origin));
    if (answer === "wrong") setFocus("password");
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-2">
      <PersonInput
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
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
      {result && result !== "signed_in" && !isSubmitting && (
        <Notice role="alert" title={t(`${result}.title`)} body={t(`${result}.body`)} />
      )}
    </form>
  );
}
