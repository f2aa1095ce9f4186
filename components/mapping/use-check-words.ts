import { useTranslations } from "next-intl";
import type { Check } from "@/lib/domain/mapping/schema";

export function useCheckWords(): (check: Check) => string {
  const t = useTranslations();
  const toName = (place: string) =>
    [`lead.fields.${place}`, `mapping.places.${place}`].find((key) => t.has(key));

  return ({ code, values }) => {
    const key = toName(String(values.other));
    return t(`mapping.checks.${code}`, { ...values, other: key ? t(key) : String(values.name ?? "") });
  };
}
