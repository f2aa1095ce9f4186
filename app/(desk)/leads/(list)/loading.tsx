import { useTranslations } from "next-intl";
import { LeadTableSkeleton } from "@/components/leads/lead-table-skeleton";
import { PageTitle } from "@/components/shell/page-title";

export default function LeadsLoading() {
  const t = useTranslations("leads");
  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <LeadTableSkeleton />
    </>
  );
}
