import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Exchange } from "@/lib/kommo/client";
import type { PublishedMapping } from "@/lib/mapping/queries";
import { toIncomingLead } from "@/lib/mapping/to-incoming-lead";
import { backoffMs } from "./backoff";
import { takeTurn } from "./budget";
import type { ClaimedLead } from "./claim";
import type { Verdict } from "./judge";
import { type Finding, type KnownIds, lookUp } from "./look-up";
import { react } from "./react";
import { recordVerdicts } from "./record";

/**
 * Looks in Kommo for leads whose delivery is unclear: found is confirmed, absent is sent again, unsure is for a person
 * to decide. While Kommo cannot be asked the leads stay *checking*.
 */
export async function reconcile(
  leads: ClaimedLead[],
  { mapping }: PublishedMapping,
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<void> {
  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const turn = () => takeTurn(db, now);
  const sought = leads.map((lead) => {
    const [{ name }] = toIncomingLead({ ...lead, page: "" }, mapping)._embedded.leads;
    const { id, createdAt, phone } = lead;
    return { id, createdAt, sentAt: lead.sentAt ?? createdAt, name, phone };
  });
  const found = await lookUp(sought, toKnownIds(db), { turn, record }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });

  const judged = leads.map((lead) => ({ lead, verdict: judge(lead, found, now()) }));
  const isFound = judged.every(({ verdict }) => verdict.state === "confirmed");
  const outcome = found instanceof AppError ? found.code : isFound ? "confirmed" : "absent";
  const requests = new Map(sought.map((lead) => [lead.id, { look_up: lead.id, sent_at: lead.sentAt }]));
  // Kommo's own answer is a list of everybody's leads; what was found in it is enough.
  if (exchange && !(found instanceof AppError)) exchange.answer = JSON.stringify(Object.fromEntries(found));
  await recordVerdicts({ attempt: exchange && { exchange, outcome, requests }, judged, now: now() }, db);
  await react(found instanceof AppError ? found : outcome, exchange, db, now());
}

// A request that we gave up on may still be applied by a slow Kommo; its gateways cut off after a minute.
const SURELY_ENDED_MS = 75_000;

function judge(lead: ClaimedLead, found: Map<string, Finding> | AppError, now: number): Verdict {
  if (found instanceof AppError) {
    const dueAt = now + backoffMs(lead.tries + 1);
    return { state: "checking", problem: "unclear", dueAt, isBackOff: true };
  }
  const finding = found.get(lead.id) ?? "unsure";
  if (finding === "later") return { state: "checking", problem: "unclear", dueAt: now };
  if (finding === "unsure") return { state: "needs_admin", problem: "unclear" };
  if (finding === "absent") return judgeAbsent(lead, now);
  return { state: "confirmed", arrival: finding };
}

/** Not there yet is not absent: once more after the request has surely ended. */
function judgeAbsent(lead: ClaimedLead, now: number): Verdict {
  const ended = (lead.sentAt ?? lead.createdAt) + SURELY_ENDED_MS;
  return now < ended
    ? { state: "checking", problem: "unclear", dueAt: ended }
    : { state: "queued", problem: null, dueAt: now };
}

function toKnownIds(db: Db): KnownIds {
  return {
    async areOurs(ids) {
      if (ids.length === 0) return new Set();
      const rows = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", "in", ids)
        .execute();
      return new Set(rows.flatMap(({ kommo_lead_id }) => kommo_lead_id ?? []));
    },
    async lastBefore(sentAt) {
      const row = await db
        .selectFrom("leads")
        .select((eb) => eb.fn.max("kommo_lead_id").as("last"))
        .where("confirmed_at", "<", sentAt)
        .executeTakeFirst();
      return row?.last ?? 0;
    },
  };
}
