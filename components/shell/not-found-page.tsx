import { useTranslations } from "next-intl";
import { toButtonLook } from "@/components/ui/button-look";

export function NotFoundPage() {
  const t = useTranslations("pages.missing");
  return (
    <div className="max-w-xl py-4">
      <h1 className="text-20 font-semibold">{t("title")}</h1>
      <p className="mt-2 mb-6 text-ink-muted">{t("body")}</p>
      {/* A full page load, because the page that failed may belong to an older deployment. */}
      <a href="/" className={toButtonLook({})}>
        {t("home")}
      </a>
    </div>
  );
}
