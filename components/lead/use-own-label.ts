import { useLocale, useTranslations } from "next-intl";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { Labels } from "@/lib/domain/mapping/schema";

/** What a field of ours is called: by the admin, else as ever. */
export function useOwnLabel(labels: Labels): (field: LeadField) => string {
  const t = useTranslations("lead.fields");
  const locale = useLocale() === "ru" ? "ru" : "en";
  return (field) => labels[field]?.[locale] || t(field);
}
