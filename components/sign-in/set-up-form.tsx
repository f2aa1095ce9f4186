"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { callServer } from "@/components/server/call-server";
import { setUp } from "@/lib/people/actions";
import { type FirstAdmin, firstAdminSchema } from "@/lib/people/schema";
import { enter, LinkForm, type Problem, toProblem } from "./link-form";
import { PersonInput } from "./person-input";

export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations("people");
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<FirstAdmin>({
    defaultValues: { token, name: "", email: "", password: "" },
    resolver: zodResolver(firstAdminSchema),
  });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (admin) => {
    const answer = await callServer({ action: () => setUp(admin) });
    if (answer.ok) return enter(admin);

    setProblem(answer.code === "invalid" ? undefined : toProblem(answer.code));
    for (const field of ["name", "email", "password"] as const) {
      const message = answer.fields?.[field];
      if (message) setError(field, { message });
    }
  });

  return (
    <LinkForm
      onSubmit={submit}
      isSubmitting={isSubmitting}
      problem={problem}
      verb={t("setUp")}
      waiting={t("settingUp")}
    >
      <PersonInput autoFocus autoComplete="name" problem={errors.name?.message} {...register("name")} />
      <PersonInput
        type="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        problem={errors.email?.message}
        {...register("email")}
      />
      <PersonInput
        autoComplete="new-password"
        hint={t("passwordHint")}
        problem={errors.password?.message}
        {...register("password")}
      />
    </LinkForm>
  );
}
