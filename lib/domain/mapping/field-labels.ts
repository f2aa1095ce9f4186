import type { LeadField } from "@/lib/domain/lead/fields";
import type { MappableField, Mapping } from "./schema";

/** The standard names, also for what Kommo is told in words. */
export const FIELD_LABELS: Record<LeadField, { en: string; ru: string }> = {
  name: { en: "Name", ru: "Имя" },
  surname: { en: "Surname", ru: "Фамилия" },
  phone: { en: "Phone", ru: "Телефон" },
  telegram: { en: "Telegram", ru: "Telegram" },
  source: { en: "Source", ru: "Источник" },
  comment: { en: "Comment", ru: "Комментарий" },
  email: { en: "Email", ru: "Email" },
  profession: { en: "Profession", ru: "Профессия" },
  education: { en: "Education", ru: "Образование" },
  income: { en: "Income", ru: "Доход" },
  utm_medium: { en: "UTM medium", ru: "UTM medium" },
  utm_campaign: { en: "UTM campaign", ru: "UTM campaign" },
  utm_content: { en: "UTM content", ru: "UTM content" },
  utm_term: { en: "UTM term", ru: "UTM term" },
  referrer: { en: "Referrer", ru: "Реферер" },
};

/** In the language of the leads' names in Kommo, which people there read. */
export function toFieldLabel(field: MappableField, { leadName }: Pick<Mapping, "leadName">): string {
  return FIELD_LABELS[field][/\p{sc=Cyrillic}/u.test(leadName) ? "ru" : "en"];
}
