import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { CustomValues as Values } from "@/lib/domain/lead/schema";
import type { FormField } from "@/lib/domain/mapping/schema";
import { FallbackNote, type FallbackValue } from "./fallback-note";
import { ValueRow } from "./value-row";

type CustomValuesProps = {
  values: Values;
  fields: readonly FormField[];
  fallbackValues: readonly FallbackValue[];
};

/** The values of custom fields in the form's order, then those of fields that are no longer on the form. */
export function CustomValues({ values, fields, fallbackValues }: CustomValuesProps) {
  const locale = useLocale() === "ru" ? "ru" : "en";
  const toWords = useWords();
  const known = fields.filter(({ key }) => key in values);
  const gone = Object.keys(values).filter((key) => !fields.some((field) => field.key === key));

  return [
    ...known.map((field) => {
      const { key, label, own } = field;
      const name = label[locale] || label.en || label.ru;
      return (
        <ValueRow key={key} name={name}>
          {toWords(field, values[key])}
          <FallbackNote fallbackValues={fallbackValues} place={own?.field ?? key} />
        </ValueRow>
      );
    }),
    ...gone.map((key) => (
      <ValueRow key={key} name={key}>
        {[values[key] ?? ""].flat().join(", ")}
        <FallbackNote fallbackValues={fallbackValues} place={key} />
      </ValueRow>
    )),
  ];
}

function useWords(): (field: FormField, value: Values[string] | undefined) => string {
  const t = useTranslations("mapping.preview");
  const onForm = useTranslations("mapping.onForm");
  const format = useFormatter();
  return ({ kind, options, former }, value = "") => {
    const toWord = (one: string) => {
      const once = former.find(({ id }) => String(id) === one);
      return once
        ? onForm("former", { name: once.value })
        : (options.find(({ id }) => String(id) === one)?.value ?? one);
    };
    const text = [value].flat().map(toWord).join(", ");
    if (kind === "checkbox") return t(text === "true" ? "yes" : "no");
    if (kind === "date") return format.dateTime(new Date(text), { dateStyle: "medium", timeZone: "UTC" });
    if (kind === "datetime") {
      const styles = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
      return format.dateTime(new Date(`${text}Z`), styles);
    }
    return text;
  };
}
