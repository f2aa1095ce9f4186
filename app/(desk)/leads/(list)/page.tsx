import { getTranslations } from "next-intl/server";
import { toScope } from "@/app/(desk)/leads/scope";
import { LeadTable } from "@/components/leads/lead-table";
import { PageTitle } from "@/components/shell/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth/session";
import { listLeads } from "@/lib/leads/queries";

const NEWEST = 50;

export async function generateMetadata() {
  const t = await getTranslations("leads");
  return { title: t("title") };
}

export default async function LeadsPage() {
  const user = await requireUser("/leads");
  const t = await getTranslations("leads");
  const leads = await listLeads({ ...toScope(user), limit: NEWEST });

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      {leads.length === 0 ? (
        <div className="rounded-panel border border-border bg-surface">
          <EmptyState title={t("empty")} hint={t("emptyHint")}>
            <ButtonLink href="/">{t("enter")}</ButtonLink>
          </EmptyState>
        </div>
      ) : (
        <LeadTable leads={leads} serverNow={Date.now()} withAuthor={user.role !== "seller"} />
      )}
    </>
  );
}
