"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { setUp } from "@/lib/people/actions";
import { type FirstAdmin, firstAdminSchema } from "@/lib/people/schema";
import { PersonInput } from "./person-input";
import { signIn } from "./sign-in";

type Problem = "linkSpent" | "offline" | "failed";

export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations("people");
  const [problem, setProblem] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm<FirstAdmin>({
    defaultValues: { token, name: "", email: "", password: "" },
    resolver: zodResolver(firstAdminSchema),
  });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (admin) => {
    const answer = await setUp(admin).catch((): undefined => undefined);
    if (answer?.ok) return enter(admin);

    setProblem(toProblem(answer?.code));
    for (const field of ["name", "email", "password"] as const) {
      const message = answer?.fields?.[field];
      if (message) setError(field, { message });
    }
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-2">
      <PersonInput autoComplete="name" problem={errors.name?.message} {...register("name")} />
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
      <Button type="submit" className="w-full">
        {t("setUp")}
      </Button>
      <p role="status" className="min-h-4 text-12 text-ink-muted">
        {isSubmitting && t("settingUp")}
      </p>
      {problem && !isSubmitting && (
        <Notice role="alert" title={t(`${problem}.title`)} body={t(`${problem}.body`)}>
          {problem === "linkSpent" && (
            <ButtonLink look="secondary" href="/sign-in">
              {t("linkSpent.link")}
            </ButtonLink>
          )}
        </Notice>
      )}
    </form>
  );
}

/** The admin stands; should the sign-in after it fail, the sign-in page is where to go. */
async function enter(admin: FirstAdmin): Promise<void> {
  const answer = await signIn(admin);
  location.assign(answer.kind === "signed_in" ? "/" : "/sign-in");
}

function toProblem(code: string | undefined): Problem | undefined {
  if (code === "invalid") return undefined;
  if (code === "link_spent") return "linkSpent";
  return code === undefined && !navigator.onLine ? "offline" : "failed";
}
