import { useTranslations } from "next-intl";

/** "40 seconds", "3 minutes": how long to wait, in words. */
export function useWait(): (seconds: number) => string {
  const t = useTranslations("people.wait");
  return (seconds) =>
    seconds < 60 ? t("seconds", { seconds }) : t("minutes", { minutes: Math.ceil(seconds / 60) });
}
