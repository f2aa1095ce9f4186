import { useTranslations } from "next-intl";
import { TriangleAlert } from "@/components/ui/first-icons";
import { PageLink } from "@/components/ui/page-link";

/** Above the last leads for as long as some of them wait for a person. */
export function StuckLine({ count }: { count: number }) {
  const t = useTranslations("leads.stuck");
  if (count === 0) return null;
  return (
    <p className="mb-3 flex items-center gap-2 rounded-panel bg-needs-you-tint px-4 py-2 text-13 text-needs-you-ink">
      <TriangleAlert className="size-4 shrink-0" />
      <span className="min-w-0 grow font-medium">{t("yours", { count })}</span>
      <PageLink
        href="/leads"
        className="relative rounded-control font-medium text-ink underline underline-offset-2 after:absolute after:-inset-2 pointer-coarse:after:-inset-y-3.5"
      >
        {t("show")}
      </PageLink>
    </p>
  );
}
