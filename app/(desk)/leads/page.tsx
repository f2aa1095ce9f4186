import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { toScope } from "@/app/(desk)/leads/scope";
import { ExportMenu } from "@/components/history/export-menu";
import { HistoryBar } from "@/components/history/history-bar";
import { LeadTable } from "@/components/history/lead-table";
import { LeadTableSkeleton } from "@/components/history/lead-table-skeleton";
import { NothingFound } from "@/components/history/nothing-found";
import { Pager } from "@/components/history/pager";
import { StateFilter } from "@/components/history/state-filter";
import { StuckLeads } from "@/components/history/stuck-leads";
import { KeepFresh } from "@/components/lead/keep-fresh";
import { PageTitle } from "@/components/shell/page-title";
import { requireUser } from "@/lib/auth/session";
import { countWaiting, getPage, listAllSources, listAuthors } from "@/lib/history/queries";
import { type History, historySchema, isNarrowed } from "@/lib/history/schema";
import { findLeads, listStuck } from "@/lib/leads/queries";
import type { Person } from "@/lib/people/schema";

export async function generateMetadata() {
  const t = await getTranslations("leads");
  return { title: t("title") };
}

/** The access check comes before the first byte. With a loading.tsx, Next would answer 200 before it. */
export default async function LeadsPage({ searchParams }: PageProps<"/leads">) {
  const user = await requireUser("/leads");
  const t = await getTranslations("leads");
  const history = historySchema.parse(await searchParams);

  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      <Suspense fallback={<LeadTableSkeleton />}>
        <Leads user={user} history={history} />
      </Suspense>
    </>
  );
}

async function Leads({ user, history }: { user: Person; history: History }) {
  const scope = toScope(user);
  const mayLookFarther = user.role !== "seller";
  const isFront = !isNarrowed(history) && !history.after && !history.before;
  const [{ leads, next, previous }, counts, sources, authors, stuck] = await Promise.all([
    getPage(history, scope),
    countWaiting(scope),
    listAllSources(scope),
    mayLookFarther ? listAuthors() : [],
    isFront ? listStuck(scope) : [],
  ]);
  const isOfWaiting = history.state === "needs_you" || history.state === "needs_admin";
  const waiting = isOfWaiting
    ? await findLeads(
        leads.map(({ id }) => id),
        scope,
      )
    : stuck;
  const serverNow = Date.now();

  return (
    <>
      <HistoryBar
        history={history}
        sources={sources}
        authors={authors}
        found={{ count: leads.length, first: leads[0]?.id }}
      >
        {mayLookFarther && <ExportMenu history={history} />}
      </HistoryBar>
      <StateFilter history={history} counts={counts} />
      <StuckLeads leads={waiting} serverNow={serverNow} personId={user.id} />
      {leads.length > 0 && !isOfWaiting && (
        <LeadTable leads={leads} serverNow={serverNow} withAuthor={mayLookFarther} history={history} />
      )}
      {leads.length === 0 && waiting.length === 0 && <NothingFound history={history} />}
      <Pager history={history} previous={previous} next={next} />
      <KeepFresh leads={[...waiting, ...leads]} serverNow={serverNow} />
    </>
  );
}
