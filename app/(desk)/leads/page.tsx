import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { ExportMenu } from "@/components/history/export-menu";
import { HistoryBar } from "@/components/history/history-bar";
import { LeadTable } from "@/components/history/lead-table";
import { LeadTableSkeleton } from "@/components/history/lead-table-skeleton";
import { NothingFound } from "@/components/history/nothing-found";
import { Pager } from "@/components/history/pager";
import { SelectionBar } from "@/components/history/selection/selection-bar";
import { SelectionProvider } from "@/components/history/selection/selection-provider";
import { StateFilter } from "@/components/history/state-filter";
import { StuckLeads } from "@/components/history/stuck-leads";
import { KeepFresh } from "@/components/lead/keep-fresh";
import { PageTitle } from "@/components/shell/page-title";
import { requireUser } from "@/lib/auth/session";
import { tellTime } from "@/lib/clock";
import { countWaiting, listAllSources, listAuthors, openPage } from "@/lib/history/queries";
import { type History, historySchema, isNarrowed } from "@/lib/history/schema";
import { findLeads, listStuck, toScope } from "@/lib/leads/queries";
import type { Person } from "@/lib/people/schema";
import { listFormFields } from "@/lib/published-mapping/queries";

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
    openPage(history, user),
    countWaiting(history, scope),
    listAllSources(scope),
    mayLookFarther ? listAuthors() : [],
    isFront ? listStuck(scope) : [],
  ]);
  const isOfWaiting =
    history.state === "needs_you" || history.state === "needs_admin" || history.state === "to_check";
  const waiting = isOfWaiting
    ? await findLeads(
        leads.map(({ id }) => id),
        scope,
      )
    : stuck;
  const rows = isOfWaiting ? [] : leads;
  const { labels } = await listFormFields();
  const serverNow = tellTime();

  return (
    <SelectionProvider list={JSON.stringify(history)} ids={[...waiting, ...rows].map(({ id }) => id)}>
      <HistoryBar
        history={history}
        sources={sources}
        authors={authors}
        found={{ count: leads.length, first: leads[0]?.id }}
      >
        {mayLookFarther && <ExportMenu history={history} />}
      </HistoryBar>
      <StateFilter history={history} counts={counts} />
      {mayLookFarther && <SelectionBar history={history} hasMorePages={Boolean(previous ?? next)} />}
      <StuckLeads
        leads={waiting}
        labels={labels}
        more={isFront ? toMore(counts, waiting) : []}
        serverNow={serverNow}
        personId={user.id}
        withAuthor={mayLookFarther}
      />
      {rows.length > 0 && (
        <LeadTable leads={rows} serverNow={serverNow} withAuthor={mayLookFarther} history={history} />
      )}
      {leads.length === 0 && waiting.length === 0 && <NothingFound history={history} />}
      <Pager history={history} previous={previous} next={next} />
      <KeepFresh leads={[...waiting, ...leads]} serverNow={serverNow} />
    </SelectionProvider>
  );
}

/** How many leads of each state that waits for a person the front of the list leaves out. */
function toMore(counts: Awaited<ReturnType<typeof countWaiting>>, shown: { state: string }[]) {
  const groups = [
    { state: "needs_you", name: "needs_fix" },
    { state: "needs_admin", name: "needs_admin" },
    { state: "to_check", name: "to_check" },
  ] as const;
  return groups
    .map(({ state, name }) => ({
      state,
      count: (counts[state] ?? 0) - shown.filter((lead) => lead.state === name).length,
    }))
    .filter(({ count }) => count > 0);
}
