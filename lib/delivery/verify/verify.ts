import "server-only";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { type ClaimedLead, claimToVerify } from "@/lib/delivery/claim";
import { SMALL_SKEW_MS } from "@/lib/delivery/constants";
import { type Decision, decideSearched } from "@/lib/delivery/decide";
import type { Duty } from "@/lib/delivery/duty";
import { excuseForbidden } from "@/lib/delivery/excuse-forbidden";
import { type Attempt, recordDecisions } from "@/lib/delivery/record";
import { leadFields } from "@/lib/domain/lead/fields";
import { statesKeptBack } from "@/lib/domain/lead/states";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import type { LeadToSend } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { AppError, keepForeseen } from "@/lib/errors";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import type { ListedIncomingLeads } from "@/lib/kommo/incoming-leads";
import { findReferenceFields, type PublishedMapping } from "@/lib/published-mapping/queries";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import type { ReferencedLead, SearchedLead, UnconfirmedLead } from "./match";
import { readOwnRecords, toContactKeys } from "./own-records";
import { findByContact, findByUuid, type SearchResult } from "./search";
import { searchByReference } from "./search-by-reference";

/**
 * Looks in Kommo for the unconfirmed leads that are due: found is confirmed, surely absent is sent again, unsure is for a
 * person. A look that cannot be finished is repeated later. Answers whether there was anything to look for.
 */
export async function verifyDue(published: PublishedMapping, duty: Duty): Promise<boolean> {
  const leads = await claimToVerify(duty);
  if (leads.length === 0) return false;
  // What Kommo applies from here on may be missing in the lists that are read.
  const began = duty.uptime();
  const unconfirmed = new Map<string, UnconfirmedLead>();
  for await (const some of inTurns(leads)) {
    for (const lead of some) unconfirmed.set(lead.id, toUnconfirmed(lead, published));
  }
  let aheadMs = 0;
  const { restored_at } = await duty.db.selectFrom("sender").select("restored_at").executeTakeFirstOrThrow();
  const toSearch = (some: ClaimedLead[]) =>
    some.flatMap((claimed): SearchedLead[] => {
      const lead = unconfirmed.get(claimed.id);
      const isSettled = (claimed.settlesAt ?? 0) <= began;
      const restored = toRestored(claimed, restored_at);
      return lead ? [{ ...toEitherClock(lead, aheadMs), isSettled, restored }] : [];
    });
  let incoming: ListedIncomingLeads = { leads: [], skipped: 0, isWhole: false };
  // Those that our UUID finds are written down first: a failure further on must not cost them.
  const missing = await searchAndRecord(leads, began, duty, async (options) => {
    const record = (exchange: Exchange) => {
      aheadMs = (exchange.answeredAt ?? duty.now()) - duty.now();
      options.record?.(exchange);
    };
    const byUuid = await findByUuid(toSearch(leads), { ...options, record });
    incoming = byUuid.incoming;
    return byUuid.found;
  });
  const own = readOwnRecords(duty.db, duty.now());
  const fieldIds = await findReferenceFields(duty.db);
  let others = missing;
  if (fieldIds.size > 0 && missing.length > 0) {
    const referenced = toReferenced(missing, toSearch(missing), published);
    const where = { fieldIds, lowestId: toLowestId(missing) };
    others = await searchAndRecord(missing, began, duty, (options) =>
      searchByReference(referenced, where, own, options),
    );
  }
  if (others.length > 0) {
    const competing = async () => {
      const leads = await listCompeting(others, published, duty.db);
      return leads.map((lead) => toEitherClock(lead, aheadMs));
    };
    await searchAndRecord(others, began, duty, (options) =>
      findByContact(toSearch(others), incoming, { ...own, listCompeting: competing }, options),
    );
  }
  return true;
}

/** Whether a lead that was not confirmed when the database was put back had left before, as far as that knows. */
function toRestored({ sentAt, sentUntil, mappingVersion }: ClaimedLead, restoredAt: number | null) {
  if (restoredAt === null || sentUntil === null || (sentAt ?? 0) > restoredAt) return undefined;
  return mappingVersion === null ? "unsent" : "sent";
}

function toReferenced(
  leads: ClaimedLead[],
  searched: SearchedLead[],
  { mapping }: PublishedMapping,
): ReferencedLead[] {
  const claimed = new Map(leads.map((lead) => [lead.id, lead]));
  return searched.map((lead) => {
    const sent = claimed.get(lead.id);
    // After a restore it left by the mapping of the back-up or a later one, if it did.
    const isUnknown = sent?.mappingVersion === null && sent.sentUntil !== null;
    const carriedIn = (isUnknown ? mapping.reference?.fieldId : sent?.sentReference) ?? null;
    // One that never left is nowhere, whatever its contact says.
    return { ...lead, carriedIn, isCarrying: carriedIn !== null || sent?.sentAt === null };
  });
}

/** Below this id of Kommo none of the leads can be. */
function toLowestId(leads: ClaimedLead[]): number {
  return leads.reduce((least, { sentAboveId }) => Math.min(least, sentAboveId ?? 0), Number.MAX_SAFE_INTEGER);
}

/**
 * Asks Kommo and writes down what is found. `began`: the desk's uptime before the first list of the look was read. Answers the
 * leads of which nothing was found; none when Kommo could not be asked, or lets this token not read.
 */
async function searchAndRecord(
  leads: ClaimedLead[],
  began: number,
  duty: Duty,
  ask: (options: CallOptions) => Promise<Map<string, SearchResult>>,
): Promise<ClaimedLead[]> {
  const { db, now, random, network } = duty;
  let exchange: Exchange | undefined;
  const record = (passed: Exchange) => {
    exchange = passed;
  };
  const found = await getConnection(db, now)
    .then((connection) => {
      const options = { ...toLeaving(db, now, network), connection };
      return ask({ ...options, record }).catch((error) => excuseForbidden(error, options));
    })
    .catch(keepForeseen);
  const isFailed = !(found instanceof Map);
  const searched = isFailed ? leads : leads.filter(({ id }) => found.has(id));
  const times = { now: now(), uptime: began };
  const decide = (lead: ClaimedLead) =>
    decideSearched(lead, isFailed ? undefined : found.get(lead.id), times, random);
  for await (const some of inTurns(searched)) {
    const decisions = new Map(some.map((lead) => [lead.id, decide(lead)]));
    const attempt = exchange && !isFailed ? toAttempt(exchange, found, some, decisions) : undefined;
    await recordDecisions({ attempt, leads: some, decisions }, duty);
  }
  if (found instanceof AppError) await adjustToAnswer(found, exchange, db, now());
  else if (!isFailed && searched.length > 0) await adjustToAnswer("absent", exchange, db, now());
  return isFailed ? [] : leads.filter(({ id }) => !found.has(id));
}

/** For the story of each lead that a look has decided; undefined when it has decided none. */
function toAttempt(
  exchange: Exchange,
  found: Map<string, SearchResult>,
  searched: ClaimedLead[],
  decisions: Map<string, Decision>,
): Attempt | undefined {
  const decided = searched.filter(({ id }) => decisions.get(id)?.move !== "suspect");
  if (decided.length === 0) return undefined;
  const isFound = decided.every(({ id }) => decisions.get(id)?.move === "confirm");
  const results = Object.fromEntries(decided.map(({ id }) => [id, found.get(id)]));
  return {
    // Kommo's own answer is a list of everybody's leads; what was found is enough.
    exchange: { ...exchange, answer: JSON.stringify(results) },
    outcome: isFound ? "confirmed" : "absent",
    requests: new Map(decided.map(({ id, sentAt }) => [id, { look_up: id, sent_at: sentAt }])),
  };
}

// Longer than the time within which a lead of Kommo can be taken for either of two.
const COMPETING_WITHIN_MS = 10 * 60_000;

/**
 * Other unconfirmed leads that were sent about then, those that wait for a person included, and after a restore those that
 * were withdrawn, which may have been brought back since the back-up.
 */
async function listCompeting(
  leads: ClaimedLead[],
  published: PublishedMapping,
  db: Db,
): Promise<UnconfirmedLead[]> {
  const first = leads.reduce((least, lead) => Math.min(least, lead.sentAt ?? lead.createdAt), Infinity);
  const last = leads.reduce((most, lead) => Math.max(most, toLastSending(lead)), 0);
  const withinMs = COMPETING_WITHIN_MS + toLaterMs();
  const rows = await db
    .selectFrom("leads")
    .select("id")
    .where((eb) =>
      eb.or([
        eb("state", "in", ["sending", "checking", "needs_admin"]),
        eb.and([eb("state", "in", statesKeptBack), eb("sent_until", "is not", null)]),
      ]),
    )
    .where((eb) => eb(eb.fn.coalesce("sent_until", "sent_at"), ">", first - withinMs))
    .where("sent_at", "<", last + withinMs)
    .execute();
  const own = new Set(leads.map(({ id }) => id));
  const competing: UnconfirmedLead[] = [];
  for await (const some of inTurns(rows.filter(({ id }) => !own.has(id)))) {
    const found = await listLeadsToCompare(
      some.map(({ id }) => id),
      db,
    );
    competing.push(...found.map((row) => toUnconfirmed(row, published)));
  }
  return competing;
}

function listLeadsToCompare(ids: string[], db: Db) {
  return db
    .selectFrom("leads")
    .select([...leadFields, "id", "created_at as createdAt", "sent_at as sentAt", "sent_until as sentUntil"])
    .select(["least_ahead_ms as leastAheadMs", "most_ahead_ms as mostAheadMs"])
    .where("id", "in", ids)
    .execute();
}

const KNOWN_LATE_MS = 6 * 60_000;

/** Kommo's times are of its clock. Ours may have differed when the lead was sent as it does now, as it was known to then, or not. */
function toEitherClock(lead: UnconfirmedLead, aheadMs: number): UnconfirmedLead {
  const known = [lead.leastAheadMs ?? 0, lead.mostAheadMs ?? 0];
  const skews = [aheadMs, ...known].filter((ms) => Math.abs(ms) >= SMALL_SKEW_MS);
  if (skews.length === 0) return lead;
  const until = lead.sentUntil ?? lead.sentAt;
  return {
    ...lead,
    sentAt: lead.sentAt + Math.min(0, ...skews),
    sentUntil: until + Math.max(0, ...skews),
  };
}

function toLaterMs(lateMs = getEnv().kommo.lateMs): number {
  return Math.max(0, lateMs - KNOWN_LATE_MS);
}

type LeadToVerify = Omit<LeadToSend, "page"> &
  Record<"sentAt" | "sentUntil" | "leastAheadMs" | "mostAheadMs", number | null>;

function toLastSending({ sentUntil, sentAt, createdAt }: LeadToVerify): number {
  return sentUntil ?? sentAt ?? createdAt;
}

/** `lateMs`: how long Kommo may still apply a request; the bounds of a comparison know of 6 minutes. */
export function toUnconfirmed(
  lead: LeadToVerify,
  { mapping }: PublishedMapping,
  lateMs?: number,
): UnconfirmedLead {
  const [{ name }] = toIncomingLead({ ...lead, page: "" }, mapping)._embedded.leads;
  const { id, createdAt, sentAt, sentUntil } = lead;
  const contactKeys = toContactKeys(lead);
  // After a restore it is not known in which request a lead left.
  const batch = sentUntil === null ? sentAt : null;
  const laterMs = toLaterMs(lateMs);
  const until = laterMs > 0 ? toLastSending(lead) + laterMs : sentUntil;
  const { leastAheadMs, mostAheadMs } = lead;
  const known = { id, createdAt, batch, name, contactKeys, leastAheadMs, mostAheadMs };
  return { ...known, sentAt: sentAt ?? createdAt, sentUntil: until };
}
