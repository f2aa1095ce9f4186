import { useLocale, useTranslations } from "next-intl";
import { type InputName, toCustomName } from "@/components/entry/typed-lead";
import { useOwnLabel } from "@/components/lead/use-own-label";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";

/** What an input is called on the form, a field of the admin's included. */
export function useInputLabel({
  custom,
  labels,
}: Pick<FormFields, "custom" | "labels">): (name: InputName) => string {
  const toOwnLabel = useOwnLabel(labels);
  const locale = useLocale() === "ru" ? "ru" : "en";
  return (name) => {
    const label = custom.find(({ key }) => toCustomName(key) === name)?.label;
    return label ? label[locale] || label.en || label.ru : toOwnLabel(name as LeadField);
  };
}

/** The same, with a mark where every lead must have it. */
export function useMarkedLabel(rules: FormFields): (name: LeadField) => string {
  const t = useTranslations("lead");
  const toLabel = useInputLabel(rules);
  return (name) => (rules.required.includes(name) ? t("required", { label: toLabel(name) }) : toLabel(name));
}
