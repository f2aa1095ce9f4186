"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type LeadSummary, leadSummarySchema, statesUnderWay } from "@/lib/leads/schema";
import { LeadRow } from "./lead-row";

export const RECENT_LEADS = ["recent-leads"];

const POLL_MS = 1000;

const recentSchema = z.array(leadSummarySchema);

async function fetchRecent({ signal }: { signal: AbortSignal }): Promise<LeadSummary[]> {
  const response = await fetch("/api/leads/recent", { signal });
  return recentSchema.parse(await response.json());
}

type LeadTrayProps = { initialLeads: LeadSummary[]; serverNow: number };

export function LeadTray({ initialLeads, serverNow }: LeadTrayProps) {
  const t = useTranslations("lead.recent");
  const {
    data: leads,
    isError,
    refetch,
  } = useQuery({
    queryKey: RECENT_LEADS,
    queryFn: fetchRecent,
    initialData: initialLeads,
    initialDataUpdatedAt: serverNow,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? POLL_MS : false),
  });

  return (
    <section aria-labelledby="recent" className="rounded-panel border border-border bg-surface">
      <h2 id="recent" className="border-b border-border px-4 py-3 text-13 font-semibold">
        {t("title")}
      </h2>
      {leads.length === 0 ? (
        <EmptyState title={t("empty")} hint={t("emptyHint")} />
      ) : (
        <ul>
          {leads.map((lead) => (
            <LeadRow key={lead.id} lead={lead} serverNow={serverNow} />
          ))}
        </ul>
      )}
      {isError && (
        <div
          role="status"
          className="flex items-center gap-3 border-t border-border p-4 text-13 text-needs-you-ink"
        >
          <p className="grow">{t("stale")}</p>
          <Button look="secondary" onClick={() => refetch()}>
            {t("refresh")}
          </Button>
        </div>
      )}
    </section>
  );
}

function isUnderWay(lead: LeadSummary): boolean {
  return statesUnderWay.includes(lead.state);
}
