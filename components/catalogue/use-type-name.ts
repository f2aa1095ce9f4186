import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** Translates Kommo's field types. An unknown type keeps Kommo's name. */
export function useTypeName(): (type: string) => string {
  const t = useTranslations("catalogue.types");
  return useCallback((type) => (t.has(type) ? t(type) : type), [t]);
}
