"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useFailure } from "@/components/people/use-failure";
import { callServer } from "@/components/server/call-server";
import { PersonInput } from "@/components/sign-in/person-input";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { rename } from "@/lib/profile/actions";
import { type OwnName, ownNameSchema } from "@/lib/profile/schema";

export function NameForm({ name }: OwnName) {
  const t = useTranslations("profile");
  const router = useRouter();
  const toFailure = useFailure();
  const [failure, setFailure] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const form = useForm<OwnName>({ values: { name }, resolver: zodResolver(ownNameSchema) });
  const { errors, isDirty, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (typed) => {
    setFailure(undefined);
    setSaved(false);
    const answer = await callServer({ action: () => rename(typed) });
    if (answer.ok) {
      form.reset(typed);
      setSaved(true);
      return router.refresh();
    }
    const message = answer.fields?.name;
    if (message) form.setError("name", { message });
    else setFailure(answer.code);
  });

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex flex-col gap-(--row-gap)">
      <PersonInput autoComplete="name" problem={errors.name?.message} {...form.register("name")} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit">{t("saveName")}</Button>
        <p role="status" className="text-12 font-medium text-good-ink">
          {isSubmitting ? t("saving") : isSaved && !isDirty && t("saved")}
        </p>
      </div>
      {failure && !isSubmitting && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}
