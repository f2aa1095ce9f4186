"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useFailure } from "@/components/people/use-failure";
import { useWait } from "@/components/proof/use-wait";
import { callServer } from "@/components/server/call-server";
import { PersonInput } from "@/components/sign-in/person-input";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { replacePassword } from "@/lib/profile/actions";
import { type NewPassword, newPasswordSchema } from "@/lib/profile/schema";

/** Asks for the old password, so that an unattended computer does not give the account away. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations("profile");
  const people = useTranslations("people");
  const toFailure = useFailure();
  const toWords = useWait();
  const [isSaved, setSaved] = useState(false);
  const [problem, setProblem] = useState<{ title: string; body: string }>();
  const form = useForm<NewPassword>({
    defaultValues: { current: "", password: "" },
    resolver: zodResolver(newPasswordSchema),
  });
  const { errors, isDirty, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (typed) => {
    setProblem(undefined);
    setSaved(false);
    const answer = await callServer({ action: () => replacePassword(typed) });
    if (answer.ok) {
      form.reset();
      return setSaved(true);
    }

    const wrong = (["current", "password"] as const).filter((field) => answer.fields?.[field]);
    for (const field of wrong)
      form.setError(field, { message: answer.fields?.[field] }, { shouldFocus: true });
    const time = toWords(Number(answer.fields?.seconds));
    if (answer.code === "wait")
      setProblem({ title: people("wait.title", { time }), body: people("wait.body") });
    else if (wrong.length === 0) setProblem(toFailure(answer.code));
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-(--row-gap)">
      {/* Password managers need the user name. */}
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PersonInput
        autoComplete="current-password"
        problem={errors.current?.message}
        {...form.register("current")}
      />
      <PersonInput
        label={t("newPassword")}
        autoComplete="new-password"
        hint={people("passwordHint")}
        problem={errors.password?.message}
        {...form.register("password")}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit">{t("changePassword")}</Button>
        <p role="status" className="text-12 font-medium text-good-ink">
          {isSubmitting ? t("saving") : isSaved && !isDirty && t("passwordChanged")}
        </p>
      </div>
      {problem && !isSubmitting && <Notice role="alert" {...problem} />}
    </form>
  );
}
