"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { setServerNow } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/empty-state";
import { type LeadSummary, leadSummarySchema } from "@/lib/leads/schema";
import { LeadNews } from "./lead-news";
import { LeadRow } from "./lead-row";
import { isMoving } from "./look-again";
import { SignInLink } from "./sign-in-link";

export const RECENT_LEADS = ["recent-leads"];

const POLL_MS = 1000;
const REST_MS = 15_000;
const SIGNED_OUT = "signed_out";

const recentSchema = z.object({ now: z.number(), leads: z.array(leadSummarySchema) });
type Recent = z.infer<typeof recentSchema>;

async function fetchRecent({ signal }: { signal: AbortSignal }): Promise<Recent> {
  const response = await fetch("/api/leads/recent", { signal });
  if (response.status === 401) throw new Error(SIGNED_OUT);
  const recent = recentSchema.parse(await response.json());
  setServerNow(recent.now);
  return recent;
}

/** Milliseconds to the next look. After signing in elsewhere, coming back to the window looks anew. */
function toPause({ data, error }: { data?: Recent; error: Error | null }): number | false {
  if (error?.message === SIGNED_OUT) return false;
  return data?.leads.some((lead) => isMoving(lead, data.now)) ? POLL_MS : REST_MS;
}

type LeadTrayProps = { initialLeads: LeadSummary[]; serverNow: number };

export function LeadTray({ initialLeads, serverNow }: LeadTrayProps) {
  const t = useTranslations("lead.recent");
  const { data, error, refetch } = useQuery({
    queryKey: RECENT_LEADS,
    queryFn: fetchRecent,
    initialData: { now: serverNow, leads: initialLeads },
    initialDataUpdatedAt: serverNow,
    refetchInterval: ({ state }) => toPause(state),
  });

  return (
    <section aria-labelledby="recent" className="rounded-panel border border-border bg-surface">
      <h2 id="recent" className="border-b border-border px-4 py-3 text-13 font-semibold">
        {t("title")}
      </h2>
      {data.leads.length === 0 ? (
        <EmptyState title={t("empty")} hint={t("emptyHint")} />
      ) : (
        <ul>
          {data.leads.map((lead) => (
            <LeadRow key={lead.id} lead={lead} serverNow={serverNow} />
          ))}
        </ul>
      )}
      <LeadNews leads={data.leads} />
      {error && (
        <div
          role="status"
          className="flex flex-wrap items-center gap-3 border-t border-border p-4 text-13 text-needs-you-ink"
        >
          <p className="grow basis-40">{t(error.message === SIGNED_OUT ? "signedOut" : "stale")}</p>
          {error.message === SIGNED_OUT ? (
            <SignInLink />
          ) : (
            <Button look="secondary" onClick={() => refetch()}>
              {t("refresh")}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
