import { useTranslations } from "next-intl";

/** What to do about a failure, for its code. */
export function useIntakeFailure(): (code: string) => string {
  const t = useTranslations("intake.failures");
  return (code) => t(t.has(code) ? code : "failed");
}
