import "server-only";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb, lockFreeRows } from "@/lib/db/client";
import { backoffMs } from "@/lib/delivery/backoff";
import type { ClaimedLead } from "@/lib/delivery/claim";
import type { Decision } from "@/lib/delivery/decide";
import { type Attempt, recordDecisions } from "@/lib/delivery/record";
import { leadFields } from "@/lib/domain/lead/fields";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import type { LeadToSend } from "@/lib/domain/mapping/schema";
import { AppError, keepForeseen } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import type { ListedIncomingLeads } from "@/lib/kommo/incoming-leads";
import type { PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { findByContact, findByUuid, findTaken, type OwnRecords, type SearchResult } from "./find-in-kommo";
import type { UnconfirmedLead } from "./match";

/**
 * Looks in Kommo for leads whose delivery is unclear: found is confirmed, absent is sent again, unsure is for a person
 * to searchAndRecord. While Kommo cannot be asked the leads stay *checking*.
 */
export async function verifyUnconfirmed(
  leads: ClaimedLead[],
  published: PublishedMapping,
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<void> {
  const unconfirmed = new Map(leads.map((lead) => [lead.id, toUnconfirmed(lead, published)]));
  const toList = (asked: ClaimedLead[]) => asked.flatMap(({ id }) => unconfirmed.get(id) ?? []);
  let listed: ListedIncomingLeads | undefined;
  // Those that our UUID finds are written down first: a failure further on must not cost them.
  const missing = await searchAndRecord(leads, db, now, async (options) => {
    const byUuid = await findByUuid(toList(leads), options);
    listed = byUuid.listed;
    return byUuid.found;
  });
  if (missing.length === 0) return;
  const known = { ...toKnownIds(db), competing: await listCompeting(leads, published, db) };
  await searchAndRecord(missing, db, now, (options) =>
    findByContact(toList(missing), listed, known, options),
  );
}

/**
 * After the refusal of a batch: Kommo may have taken the innocent ones all the same, which would be doubled by sending them
 * again. Those are confirmed; answers the others. While Kommo cannot be asked all become *checking*.
 */
export async function confirmTaken(
  leads: ClaimedLead[],
  db: Db = getDb(),
  now: () => number = Date.now,
): Promise<ClaimedLead[]> {
  if (leads.length === 0) return [];
  const { findOurs } = toKnownIds(db);
  return searchAndRecord(leads, db, now, (options) => findTaken(leads, findOurs, options));
}

/** Asks Kommo and writes down what is found; answers the leads of which nothing was. */
async function searchAndRecord(
  leads: ClaimedLead[],
  db: Db,
  now: () => number,
  ask: (options: CallOptions) => Promise<Map<string, SearchResult>>,
): Promise<ClaimedLead[]> {
  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const found = await getConnection(db)
    .then((connection) => ask({ slot: () => takeSlot({ lane: "delivery", db, now }), connection, record }))
    .catch(keepForeseen);
  const isFailed = found instanceof AppError;
  // Only a look that answers for all: two that fail halfway would wake each other for ever.
  if (!isFailed && found.size === leads.length) await releaseOthers(db, now());
  const decided = isFailed ? leads : leads.filter(({ id }) => found.has(id));
  if (decided.length === 0) return leads;
  const decisions = decided.map((lead) => ({
    lead,
    decision: decideFound(lead, isFailed ? found : found.get(lead.id), now()),
  }));
  const isFound = decisions.every(({ decision }) => decision.state === "confirmed");
  const outcome: Attempt["outcome"] = isFailed ? found.code : isFound ? "confirmed" : "absent";
  // Kommo's own answer is a list of everybody's leads, though nothing was to be told from it; what was found is enough.
  const isRead = !isFailed || found.code === "unclear";
  if (exchange && isRead) exchange.answer = JSON.stringify(isFailed ? {} : Object.fromEntries(found));
  const requests = new Map(decided.map(({ id, sentAt }) => [id, { look_up: id, sent_at: sentAt }]));
  const attempt = exchange && { exchange, outcome, requests };
  await recordDecisions({ attempt, decided: decisions, now: now() }, db);
  await adjustToAnswer(isFailed ? found : outcome, exchange, db, now());
  return leads.filter((lead) => !decided.includes(lead));
}

const CONTACT_FIELDS = ["phone", "email", "telegram"] as const;
// Longer than the time within which a lead of Kommo can be taken for either of two.
const COMPETING_WITHIN_MS = 10 * 60_000;
// A request that we gave up on may still be applied by a slow Kommo; its gateways cut off after a minute.
const SURELY_ENDED_MS = 75_000;

/** Kommo can be asked again: who waited for that, and not only for the end of their request, need not any longer. */
async function releaseOthers(db: Db, now: number): Promise<void> {
  const waiting = db
    .selectFrom("leads")
    .select("id")
    .where("state", "=", "checking")
    .where("due_at", ">", now + SURELY_ENDED_MS);
  await db.updateTable("leads").set({ due_at: now }).where("id", "in", lockFreeRows(db, waiting)).execute();
}

function decideFound(lead: ClaimedLead, result: SearchResult | AppError | undefined, now: number): Decision {
  if (result instanceof AppError) {
    const dueAt = now + backoffMs(lead.tries + 1);
    return { state: "checking", problem: "unclear", dueAt, isBackOff: true };
  }
  if (typeof result === "object") return { state: "confirmed", arrival: result };
  if (result === undefined || result === "unsure") return { state: "needs_admin", problem: "unclear" };
  // Not there yet says nothing: once more after the request has surely ended.
  const ended = toLastSending(lead) + SURELY_ENDED_MS;
  if (now < ended) return { state: "checking", problem: "unclear", dueAt: ended };
  return result === "absent"
    ? { state: "queued", problem: null, dueAt: now }
    : { state: "needs_admin", problem: "merged" };
}

type LeadToVerify = LeadToSend & { sentAt: number | null; sentUntil: number | null };

function toLastSending({ sentUntil, sentAt, createdAt }: Omit<LeadToVerify, "page">): number {
  return sentUntil ?? sentAt ?? createdAt;
}

function toUnconfirmed(lead: Omit<LeadToVerify, "page">, { mapping }: PublishedMapping): UnconfirmedLead {
  const [{ name }] = toIncomingLead({ ...lead, page: "" }, mapping)._embedded.leads;
  const { id, createdAt, sentUntil } = lead;
  return {
    id,
    createdAt,
    sentAt: lead.sentAt ?? createdAt,
    sentUntil,
    name,
    contactKeys: toContactKeys(lead),
  };
}

function toContactKeys(lead: Record<(typeof CONTACT_FIELDS)[number], string | null>): string[] {
  return CONTACT_FIELDS.flatMap((field) => lead[field] ?? []);
}

/** Other leads in doubt that were sent about then, those that wait for a person included: what is found may be theirs. */
async function listCompeting(
  leads: ClaimedLead[],
  published: PublishedMapping,
  db: Db,
): Promise<UnconfirmedLead[]> {
  const times = leads.map((lead) => lead.sentAt ?? lead.createdAt);
  const rows = await db
    .selectFrom("leads")
    .select([...leadFields, "id", "created_at as createdAt", "sent_at as sentAt", "sent_until as sentUntil"])
    .where("state", "in", ["sending", "checking", "needs_admin"])
    .where((eb) => eb(eb.fn.coalesce("sent_until", "sent_at"), ">", Math.min(...times) - COMPETING_WITHIN_MS))
    .where("sent_at", "<", Math.max(...leads.map(toLastSending)) + COMPETING_WITHIN_MS)
    .execute();
  const own = new Set(leads.map(({ id }) => id));
  return rows.filter(({ id }) => !own.has(id)).map((row) => toUnconfirmed(row, published));
}

function toKnownIds(db: Db): Omit<OwnRecords, "competing"> {
  return {
    async findOurs(ids) {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom("leads")
        .select(["kommo_lead_id", ...CONTACT_FIELDS])
        .where("kommo_lead_id", "in", ids)
        .execute();
      return new Map(rows.map((row) => [row.kommo_lead_id ?? 0, toContactKeys(row)]));
    },
    async lastBefore(sentAt) {
      const row = await db
        .selectFrom("leads")
        .select("kommo_lead_id")
        .where("kommo_lead_id", "is not", null)
        .where("confirmed_at", "<", sentAt)
        .orderBy("kommo_lead_id", "desc")
        .limit(1)
        .executeTakeFirst();
      return row?.kommo_lead_id ?? 0;
    },
  };
}
