"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { callServer } from "@/components/server/call-server";
import { choosePasswordByLink } from "@/lib/profile/actions";
import { type ChosenPassword, chosenPasswordSchema } from "@/lib/profile/schema";
import { enter, LinkForm, type Problem, toProblem } from "./link-form";
import { PersonInput } from "./person-input";

export function ChoosePasswordForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations("people");
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<ChosenPassword>({
    defaultValues: { token, password: "" },
    resolver: zodResolver(chosenPasswordSchema),
  });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (chosen) => {
    const answer = await callServer({ action: () => choosePasswordByLink(chosen) });
    if (answer.ok) return enter({ ...chosen, email: answer.value.email });
    const message = answer.fields?.password;
    setProblem(message ? undefined : toProblem(answer.code));
    if (message) setError("password", { message });
  });

  return (
    <LinkForm
      onSubmit={submit}
      isSubmitting={isSubmitting}
      problem={problem}
      verb={t("chosen.verb")}
      waiting={t("signingIn")}
    >
      <PersonInput name="email" type="email" autoComplete="username" readOnly value={email} />
      <PersonInput
        autoFocus
        autoComplete="new-password"
        hint={t("passwordHint")}
        problem={errors.password?.message}
        {...register("password")}
      />
    </LinkForm>
  );
}
