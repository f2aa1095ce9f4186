import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import { type ListedIncomingLead, listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { backoffMs } from "./backoff";
import type { ClaimedLead } from "./claim";
import { isConfirmed, recordAttempt, type Verdict } from "./record";

// Clocks differ, and Kommo stamps a lead with the time we gave it.
const MARGIN_SECONDS = 300;

export type List = (since: number, options: CallOptions) => Promise<ListedIncomingLead[] | undefined>;

/**
 * Looks for leads whose delivery is unclear among Kommo's incoming leads, by our id in `source_uid` or `form_page`.
 * Found is confirmed; absent, when the list was read back past the lead, is sent again; an unreadable list keeps it.
 */
export async function reconcile(
  leads: ClaimedLead[],
  db: Db = getDb(),
  now: () => number = Date.now,
  list: List = listIncomingLeads,
): Promise<void> {
  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const since = Math.floor(Math.min(...leads.map((lead) => lead.createdAt)) / 1000) - MARGIN_SECONDS;
  const listed = await list(since, { record }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });

  const judged = leads.map((lead) => ({ lead, verdict: judge(lead, listed, now()) }));
  const outcome =
    listed instanceof AppError ? listed.code : judged.every(isConfirmed) ? "confirmed" : "absent";
  const requests = new Map(leads.map((lead) => [lead.id, { look_up: lead.id, since }]));
  await recordAttempt(exchange && { exchange, outcome, requests }, judged, undefined, db, now());
}

function judge(lead: ClaimedLead, listed: ListedIncomingLead[] | undefined | AppError, now: number): Verdict {
  const later: Verdict = { state: "checking", problem: "unclear", dueAt: now + backoffMs(lead.tries + 1) };
  if (!listed || listed instanceof AppError) return later;

  const arrival = listed.find((item) => item.sourceUid === lead.id || item.formPage?.endsWith(`/${lead.id}`));
  return arrival ? { state: "confirmed", arrival } : { state: "queued", problem: null, dueAt: now };
}
