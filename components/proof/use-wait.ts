import { useTranslations } from "next-intl";

/** How long to wait, in words: "40 seconds", "3 minutes". */
export function useWait(): (seconds: number) => string {
  const t = useTranslations("people.wait");
  return (seconds) =>
    seconds < 60 ? t("seconds", { seconds }) : t("minutes", { minutes: Math.ceil(seconds / 60) });
}
