"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { callServer } from "@/components/server/call-server";
import { PersonInput } from "@/components/sign-in/person-input";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { addPerson } from "@/lib/people/actions";
import { type NewPerson, newPersonSchema } from "@/lib/people/schema";
import { localeSchema } from "@/lib/preferences/schema";
import { LanguageChoice, RoleChoice } from "./choices";
import { OneTimeLink } from "./one-time-link";
import { useFailure } from "./use-failure";

const ways = ["invite", "password"] as const;

type Added = { name: string; token?: string };

type NewPersonFormProps = { appUrl: string; hasPasswords: boolean };

export function NewPersonForm({ appUrl, hasPasswords }: NewPersonFormProps) {
  const t = useTranslations("people");
  const toFailure = useFailure();
  const locale = localeSchema.parse(useLocale());
  const [way, setWay] = useState<(typeof ways)[number]>("invite");
  const [added, setAdded] = useState<Added>();
  const [failure, setFailure] = useState<string>();
  const form = useForm<NewPerson>({
    defaultValues: { name: "", email: "", role: "seller", locale },
    resolver: zodResolver(newPersonSchema),
  });
  const { register, handleSubmit, formState, reset, setError, setValue, watch } = form;
  const { errors, isSubmitting } = formState;
  const chosen = { role: watch("role"), locale: watch("locale") };
  const choose = (next: (typeof ways)[number]) => {
    setWay(next);
    setValue("password", next === "invite" ? undefined : "");
  };

  const submit = handleSubmit(async (typed) => {
    setFailure(undefined);
    const answer = await callServer({ action: () => addPerson(typed) });
    if (answer.ok) return setAdded({ name: typed.name, token: answer.value.token });

    const wrong = (["name", "email", "password"] as const).filter((field) => answer.fields?.[field]);
    for (const field of wrong) setError(field, { message: answer.fields?.[field] }, { shouldFocus: true });
    if (wrong.length === 0) setFailure(answer.code);
  });

  const startNext = () => {
    reset();
    setWay("invite");
    setAdded(undefined);
  };

  if (added) return <Result {...added} appUrl={appUrl} onNext={startNext} />;

  return (
    <form method="dialog" noValidate onSubmit={submit} className="flex max-w-lg flex-col gap-(--row-gap)">
      <PersonInput
        autoFocus
        label={t("theirName")}
        autoComplete="off"
        problem={errors.name?.message}
        {...register("name")}
      />
      <PersonInput
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        problem={errors.email?.message}
        {...register("email")}
      />
      <RoleChoice value={chosen.role} onChoose={(role) => setValue("role", role)} />
      <LanguageChoice value={chosen.locale} onChoose={(value) => setValue("locale", value)} />
      {hasPasswords && (
        <Segmented
          name="way"
          legend={t("way")}
          options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
          value={way}
          onChoose={choose}
          note={t(`wayHints.${way}`)}
        />
      )}
      {way === "password" && (
        <PersonInput
          autoComplete="new-password"
          hint={t("passwordHint")}
          problem={errors.password?.message}
          {...register("password")}
        />
      )}
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <Button type="submit">{t(hasPasswords && way === "invite" ? "add.link" : "add.person")}</Button>
        <ButtonLink look="secondary" href="/admin/people">
          {t("back")}
        </ButtonLink>
        <p role="status" className="text-12 text-ink-muted">
          {isSubmitting && t("saving")}
        </p>
      </div>
      {failure && !isSubmitting && <Notice role="alert" {...toFailure(failure)} />}
    </form>
  );
}

type ResultProps = Added & { appUrl: string; onNext: () => void };

function Result({ name, token, appUrl, onNext }: ResultProps) {
  const t = useTranslations("people");
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      {token ? (
        <OneTimeLink address={`${appUrl}/setup?token=${token}`} name={name} />
      ) : (
        <p role="status" className="rounded-panel bg-good-tint p-4 font-semibold text-good-ink">
          {t("added", { name })}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onNext}>{t("addAnother")}</Button>
        <ButtonLink look="secondary" href="/admin/people">
          {t("toList")}
        </ButtonLink>
      </div>
    </div>
  );
}
