import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import { type Arrival, sendIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { IncomingLead, Refusal } from "@/lib/kommo/schema";
import { log } from "@/lib/log";
import type { PublishedMapping } from "@/lib/mapping/queries";
import { toIncomingLead } from "@/lib/mapping/to-incoming-lead";
import { backoffMs } from "./backoff";
import type { ClaimedLead } from "./claim";
import { isConfirmed, recordAttempt, type Verdict } from "./record";

// Kommo's list may lag behind its own answers, so a look-up waits this long after an unclear attempt.
export const SETTLE_MS = 5000;

export type Send = (items: IncomingLead[], options: CallOptions) => Promise<Map<string, Arrival>>;

/**
 * Posts the claimed leads in one request and writes down what became of each (product.md §4). Only a refusal that
 * names the lead is final; a failure that is not an AppError is a bug and leaves the leads to their lease.
 */
export async function deliver(
  leads: ClaimedLead[],
  { version, mapping }: PublishedMapping,
  db: Db = getDb(),
  now: () => number = Date.now,
  send: Send = sendIncomingLeads,
): Promise<void> {
  const appUrl = getEnv().appUrl;
  const items = leads.map((lead) => toIncomingLead({ ...lead, page: `${appUrl}/leads/${lead.id}` }, mapping));

  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const result = await send(items, { record }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });

  const judged = leads.map((lead) => ({ lead, verdict: judge(lead, result, leads.length, now()) }));
  const outcome =
    result instanceof AppError ? result.code : judged.every(isConfirmed) ? "confirmed" : "unclear";
  const requests = new Map(items.map((item) => [item.request_id, item]));
  await recordAttempt(exchange && { exchange, outcome, requests }, judged, version, db, now());
  log[outcome === "confirmed" ? "debug" : "warn"](
    { outcome, leads: leads.length, status: exchange?.status },
    "attempt",
  );
}

function judge(
  lead: ClaimedLead,
  result: Map<string, Arrival> | AppError,
  batchSize: number,
  now: number,
): Verdict {
  const unclear: Verdict = { state: "checking", problem: "unclear", dueAt: now + SETTLE_MS };
  if (!(result instanceof AppError)) {
    const arrival = result.get(lead.id);
    return arrival ? { state: "confirmed", arrival } : unclear;
  }
  if (result.kind === "unclear") return unclear;
  if (result.kind === "this lead") return judgeRefused(lead, result.detail as Refusal, batchSize, now);
  return { state: "queued", problem: result.code, dueAt: now + backoffMs(lead.tries + 1) };
}

function judgeRefused(lead: ClaimedLead, refusal: Refusal, batchSize: number, now: number): Verdict {
  const guilty = refusal.map((group) => group.request_id);
  const isKnown = guilty.every((id) => id !== undefined && !/^\d+$/.test(id));
  if (batchSize === 1 || guilty.includes(lead.id)) return { state: "needs_fix", problem: "refused" };
  return { state: "queued", problem: isKnown ? null : "refused", dueAt: now };
}
