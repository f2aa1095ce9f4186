"use client";

import { isSupportedCountry } from "libphonenumber-js";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { ListField } from "@/components/mapping/fields/list-field";
import { formLanguages, waysIn } from "@/lib/domain/lead/fields";
import { type Conditions, utmConditions } from "@/lib/domain/routing/schema";
import type { RoutingDesk } from "@/lib/routing/schema";
import { ChoiceBoxes } from "./choice-boxes";
import { HoursField } from "./hours-field";

type ConditionsEditorProps = {
  desk: RoutingDesk;
  when: Conditions;
  onChange: (change: Partial<Conditions>) => void;
};

/** Which leads a rule is for; what stays empty fits every lead. */
export function ConditionsEditor({ desk, when, onChange }: ConditionsEditorProps) {
  const t = useTranslations("routing.when");
  const locale = useLocale() === "ru" ? "ru" : "en";
  const id = useId();
  const [unknown, setUnknown] = useState<string[]>([]);
  return (
    <div className="mt-2 flex flex-col gap-3">
      {desk.isFreeSource ? (
        <ListField
          id={`${id}-sources`}
          label={t("sources")}
          hint={t("listHint")}
          values={when.sources}
          onChange={(sources) => onChange({ sources })}
        />
      ) : (
        <ChoiceBoxes
          label={t("sources")}
          options={desk.sources.map(({ name }) => ({ value: name, label: name }))}
          chosen={when.sources}
          onChange={(sources) => onChange({ sources })}
        />
      )}
      <div className="grid gap-x-4 sm:grid-cols-2">
        {utmConditions.map((utm) => (
          <ListField
            key={utm}
            id={`${id}-${utm}`}
            label={t(utm)}
            hint={t("listHint")}
            values={when.utm[utm] ?? []}
            onChange={(words) => onChange({ utm: { ...when.utm, [utm]: words } })}
          />
        ))}
        <ListField
          id={`${id}-countries`}
          label={t("countries")}
          hint={t("countriesHint")}
          error={unknown.length > 0 ? t("countriesUnknown", { words: unknown.join(", ") }) : undefined}
          values={when.countries}
          onChange={(words) => {
            setUnknown(words.filter((word) => !isSupportedCountry(word.toUpperCase())));
            const countries = words.map((word) => word.toUpperCase()).filter(isSupportedCountry);
            onChange({ countries: [...new Set(countries)] });
          }}
        />
      </div>
      <ChoiceBoxes
        label={t("authors")}
        options={[...desk.authors, ...desk.forms.filter((form) => when.authors.includes(form.id))].map(
          ({ id: value, name }) => ({ value, label: name }),
        )}
        chosen={when.authors}
        onChange={(authors) => onChange({ authors })}
      />
      <ChoiceBoxes
        label={t("through")}
        options={[
          ...waysIn.map((value) => ({ value: value as string, label: t(`ways.${value}`) })),
          ...desk.forms.map(({ id: value, name }) => ({ value, label: t("websiteForm", { name }) })),
        ]}
        chosen={when.through}
        onChange={(through) => onChange({ through })}
      />
      <ChoiceBoxes
        label={t("languages")}
        options={formLanguages.map((value) => ({ value, label: t(`language.${value}`) }))}
        chosen={when.languages}
        onChange={(languages) => onChange({ languages })}
      />
      {desk.lists.map(({ key, label, options }) => (
        <ChoiceBoxes
          key={key}
          label={label[locale] || label.en}
          options={options.map(({ id: value, value: word }) => ({ value, label: word }))}
          chosen={when.options.find((one) => one.key === key)?.ids ?? []}
          onChange={(ids) => {
            const others = when.options.filter((one) => one.key !== key);
            onChange({ options: ids.length > 0 ? [...others, { key, ids }] : others });
          }}
        />
      ))}
      <HoursField
        label={t("hours")}
        zone={desk.zone}
        hours={when.hours}
        onChange={(hours) => onChange({ hours })}
      />
    </div>
  );
}
