import { useTranslations } from "next-intl";

/** A sentence for each code: what happened and what to do. */
export function useFailureWords(): (code: string) => string {
  const t = useTranslations("kommo.failures");
  return (code) => t(t.has(code) ? code : "failed");
}
