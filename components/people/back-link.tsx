import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

export function BackLink() {
  const t = useTranslations("people");
  return (
    <Link
      href="/admin/people"
      className="inline-flex min-h-11 items-center gap-1 rounded-control text-13 text-ink-muted hover:text-ink lg:min-h-6"
    >
      <ArrowLeft aria-hidden className="size-4" />
      {t("all")}
    </Link>
  );
}
