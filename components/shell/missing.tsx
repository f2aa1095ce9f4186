import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";

export function Missing() {
  const t = useTranslations("pages.missing");
  return (
    <div className="max-w-xl py-4">
      <h1 className="text-20 font-semibold">{t("title")}</h1>
      <p className="mt-2 mb-6 text-ink-muted">{t("body")}</p>
      <ButtonLink href="/">{t("home")}</ButtonLink>
    </div>
  );
}
