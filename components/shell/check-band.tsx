import { useTranslations } from "next-intl";
import { TriangleAlert } from "@/components/ui/first-icons";
import { PageLink } from "@/components/ui/page-link";

/** On every page of a head, once website leads have waited to be checked for an hour. */
export function CheckBand({ count }: { count: number }) {
  const t = useTranslations("intake.check");
  if (count === 0) return null;
  return (
    <p className="flex items-center gap-2 border-b border-border bg-needs-you-tint px-4 py-2 text-13 text-needs-you-ink">
      <TriangleAlert className="size-4 shrink-0" />
      <span className="min-w-0">{t("overdue", { count })}</span>
      <PageLink
        href="/leads?state=to_check"
        className="relative rounded-control font-medium whitespace-nowrap text-ink underline underline-offset-2 after:absolute after:-inset-2 pointer-coarse:after:-inset-y-3.5"
      >
        {t("open")}
      </PageLink>
    </p>
  );
}
