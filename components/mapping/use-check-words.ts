import { useTranslations } from "next-intl";
import type { Check } from "@/lib/domain/mapping/schema";

export function useCheckWords(): (check: Check) => string {
  const t = useTranslations("mapping.checks");
  return ({ code, values }) => t(code, values);
}
