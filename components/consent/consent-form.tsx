"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { CheckBox } from "@/components/ui/check-box";
import { TextArea } from "@/components/ui/text-area";
import { saveConsent } from "@/lib/consent/actions";
import { type ConsentSettings, consentSettingsSchema } from "@/lib/consent/schema";
import { formLanguages } from "@/lib/domain/lead/fields";

type ConsentFormProps = { consent: ConsentSettings & { version: number | null } };

/** What people agree to, in the languages of the public forms, and whether the desk's own form asks. */
export function ConsentForm({ consent }: ConsentFormProps) {
  const t = useTranslations("consent");
  const { refresh } = useRouter();
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [news, setNews] = useState<{ words: string; isFailure: boolean }>();

  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = readTyped(new FormData(event.currentTarget));
    const { error } = consentSettingsSchema.safeParse(typed);
    setWrong(Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join("."), message])));
    setNews(undefined);
    if (error) return;
    const answer = await callServer({ action: () => saveConsent(typed) });
    setNews({ words: t(answer.ok ? "saved" : "failed"), isFailure: !answer.ok });
    if (answer.ok) refresh();
  };
  const toProblem = (place: string) => wrong[place] && t(`problems.${wrong[place]}`);

  return (
    <section aria-labelledby="consent" className="mt-12">
      <h2 id="consent" className="text-16 font-semibold">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 text-ink-muted">
        {t("hint")} {consent.version === null ? t("none") : t("now", { version: consent.version })}
      </p>
      <form noValidate method="dialog" onSubmit={save} className="flex flex-col gap-(--row-gap)">
        {formLanguages.map((language) => (
          <TextArea
            key={language}
            id={`consent-${language}`}
            name={language}
            lang={language}
            label={t(`languages.${language}`)}
            error={toProblem(`texts.${language}`)}
            defaultValue={consent.texts[language]}
            autoComplete="off"
          />
        ))}
        <CheckBox
          id="consent-asked"
          name="isAsked"
          label={t("asked")}
          note={toProblem("texts") ?? t("askedHint")}
          isWrong={wrong.texts !== undefined}
          defaultChecked={consent.isAsked}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="secondary">
            {t("verb")}
          </Button>
          <p
            role="status"
            className={`text-13 font-medium ${news?.isFailure ? "text-needs-admin-ink" : "text-good-ink"}`}
          >
            {news?.words}
          </p>
        </div>
      </form>
    </section>
  );
}

function readTyped(data: FormData): ConsentSettings {
  const read = (name: string) => String(data.get(name) ?? "");
  return {
    texts: { en: read("en"), ru: read("ru"), es: read("es"), pt: read("pt") },
    isAsked: data.has("isAsked"),
  };
}
