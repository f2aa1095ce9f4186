"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { callServer } from "@/components/server/call-server";
import { PersonInput } from "@/components/sign-in/person-input";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { editPerson } from "@/lib/people/actions";
import { type ChangedPerson, changedPersonSchema } from "@/lib/people/schema";
import { LanguageChoice, RoleChoice } from "./choices";
import { useFailure } from "./use-failure";

export function EditPersonForm({ person }: { person: ChangedPerson }) {
  const t = useTranslations("people");
  const router = useRouter();
  const toFailure = useFailure();
  const [failure, setFailure] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const form = useForm<ChangedPerson>({ values: person, resolver: zodResolver(changedPersonSchema) });
  const { register, handleSubmit, formState, setError, setValue, watch } = form;
  const { errors, isDirty, isSubmitting } = formState;
  const [role, locale] = watch(["role", "locale"]);

  const submit = handleSubmit(async (changed) => {
    setFailure(undefined);
    setSaved(false);
    const answer = await callServer({ action: () => editPerson(changed) });
    if (answer.ok) {
      form.reset(changed);
      setSaved(true);
      return router.refresh();
    }
    const message = answer.fields?.name;
    if (message) setError("name", { message }, { shouldFocus: true });
    else setFailure(answer.code);
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex max-w-lg flex-col gap-(--row-gap)">
      <PersonInput
        label={t("theirName")}
        autoComplete="off"
        problem={errors.name?.message}
        {...register("name")}
      />
      <RoleChoice value={role} onChoose={(value) => setValue("role", value, { shouldDirty: true })} />
      {role !== person.role && <p className="text-13 text-needs-you-ink">{t("roleEndsSessions")}</p>}
      <LanguageChoice value={locale} onChoose={(value) => setValue("locale", value, { shouldDirty: true })} />
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <Button type="submit">{t("save")}</Button>
        <p role="status" className="text-12 font-medium text-good-ink">
          {isSubmitting ? t("saving") : isSaved && !isDirty && t("saved")}
        </p>
      </div>
      {failure && !isSubmitting && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
