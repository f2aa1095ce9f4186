import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** Kommo's type of a field in a person's words; one that we do not know yet keeps Kommo's. */
export function useTypeName(): (type: string) => string {
  const t = useTranslations("catalogue.types");
  return useCallback((type) => (t.has(type) ? t(type) : type), [t]);
}
