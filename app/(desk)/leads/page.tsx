import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { toScope } from "@/app/(desk)/leads/scope";
import { KeepFresh } from "@/components/leads/keep-fresh";
import { LeadTable } from "@/components/leads/lead-table";
import { LeadTableSkeleton } from "@/components/leads/lead-table-skeleton";
import { PageTitle } from "@/components/shell/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/auth/session";
import { listLeads } from "@/lib/leads/queries";
import type { Person } from "@/lib/people/schema";

const NEWEST = 50;

export async function generateMetadata() {
  const t = await getTranslations("leads");
  return { title: t("title") };
}

/** The gate stands before the first byte; a loading.tsx would answer 200 ahead of it. */
export default async function LeadsPage() {
  const user = await requireUser("/leads");
  const t = await getTranslations("leads");

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <Suspense fallback={<LeadTableSkeleton />}>
        <NewestLeads user={user} />
      </Suspense>
    </>
  );
}

async function NewestLeads({ user }: { user: Person }) {
  const t = await getTranslations("leads");
  const leads = await listLeads({ ...toScope(user), limit: NEWEST });
  const serverNow = Date.now();
  if (leads.length === 0) {
    return (
      <div className="rounded-panel border border-border bg-surface">
        <EmptyState title={t("empty")} hint={t("emptyHint")}>
          <ButtonLink href="/">{t("enter")}</ButtonLink>
        </EmptyState>
      </div>
    );
  }

  return (
    <>
      <LeadTable leads={leads} serverNow={serverNow} withAuthor={user.role !== "seller"} />
      <KeepFresh leads={leads} serverNow={serverNow} />
    </>
  );
}
