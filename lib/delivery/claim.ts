import "server-only";
import { type Selectable, sql } from "kysely";
import { tellTime } from "@/lib/clock";
import { lockInForce } from "@/lib/connection/lock-in-force";
import { type Db, getDb, lockFreeRows, lockRows } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import type { LeadsTable } from "@/lib/db/tables";
import { toConsent } from "@/lib/domain/lead/consent";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import type { LeadState } from "@/lib/domain/lead/states";
import type { Recipient } from "@/lib/domain/mapping/schema";
import type { RouteDecision } from "@/lib/domain/routing/schema";
import { type ContactDecision, decideContacts } from "@/lib/known-clients/decide-contacts";
import { isLookUpUsed, waitsForLookUp } from "@/lib/known-clients/queries";
import type { Connection } from "@/lib/kommo/schema";
import { moveLeads } from "@/lib/leads/transitions";
import { dropRecipients } from "@/lib/published-routing/mutations";
import { toDecision } from "@/lib/published-routing/queries";
import { routeBatch } from "@/lib/routing/route-batch";
import { composeBatch, LARGEST_BATCH } from "./compose-batch";
import { WATCHED_MS } from "./constants";
import type { Duty } from "./duty";
import { SENT_ABOVE_ID } from "./last-lead-id";

export const TO_SEND: readonly LeadState[] = ["held", "queued"];
export const TO_VERIFY: readonly LeadState[] = ["checking"];
// As many as Kommo's lists are read for at once; the others come in the next round.
const MOST_VERIFIED = 10_000;
// While there is a backlog, each batch also takes some of the newest: who types now does not wait for all before.
const NEWEST = 5;

export type ClaimedLead = Awaited<ReturnType<typeof claimBatch>>[number];

/** True when something is to be sent or verified now (epoch ms). */
export async function hasDueLeads(
  db: Db = getDb(),
  now = tellTime(),
  states: readonly LeadState[] = [...TO_SEND, ...TO_VERIFY],
): Promise<boolean> {
  const due = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "in", states)
    .where("due_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/**
 * Claims the next batch to send: leads whose hold is over and queued ones that are due, at most as many as may go together.
 * Who gets a lead, and to which contact it is added, is decided with its first claim, once. A lead whose phone Kommo is still
 * asked about waits a little. Answers none when the lease is another's by now.
 */
export async function claimBatch({ db, now, epoch }: Duty) {
  return db.transaction().execute(async (tx) => {
    const lease = await lockLease(epoch, tx);
    if (!lease) return [];
    const waits = await isLookUpUsed(tx);
    const oldest = await selectDue(tx, now(), waits, "asc", LARGEST_BATCH);
    const newest = oldest.length === LARGEST_BATCH ? await selectDue(tx, now(), waits, "desc", NEWEST) : [];
    // Every other batch begins with the oldest: in a small one the newest leave no room for it.
    const first = lease.sendings % 2 === 0 ? oldest.slice(0, 1) : [];
    const due = [...first, ...newest, ...oldest];
    await verifyFirst(
      due.filter(({ settlesAt }) => settlesAt !== null),
      { now, epoch },
      tx,
    );
    const batch = composeBatch(
      due.filter(({ settlesAt }) => settlesAt === null),
      lease.batch_limit,
    );
    if (batch.length === 0) return [];
    const columns = { claim_epoch: epoch, ready_at: READY_AT, routed_at: toRoutedAt(now()) };
    await moveLeads("claim", columns, tx).where("id", "in", toIds(batch)).execute();
    const leads = batch.map(toClaimed);
    const undecided = leads.filter(({ routedAt }) => routedAt === null);
    const contacts = await decideContacts(waits ? undecided : [], now(), tx);
    const decisions = await routeBatch(undecided, toOwners(contacts), now(), tx);
    return leads.map((lead) => {
      const contactId = contacts.get(lead.id)?.attachId ?? lead.contactId;
      return { ...lead, contactId, ...toRecipient(decisions.get(lead.id)) };
    });
  });
}

/** After a restore a lead may be in Kommo although this database does not know that it was ever sent. */
async function verifyFirst(
  leads: { id: string }[],
  { now, epoch }: Pick<Duty, "now" | "epoch">,
  tx: Db,
): Promise<void> {
  if (leads.length === 0) return;
  const columns = { problem: "unclear", due_at: now(), claim_epoch: epoch };
  await moveLeads("restore", columns, tx).where("id", "in", toIds(leads)).execute();
}

/** Claims the unconfirmed leads whose next look in Kommo is due, as many as are looked for together. */
export async function claimToVerify(duty: Duty): Promise<ClaimedLead[]> {
  const { db, now } = duty;
  const due = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "in", TO_VERIFY)
    .where("due_at", "<=", now())
    .orderBy("due_at")
    .limit(MOST_VERIFIED)
    .execute();
  const leads: ClaimedLead[] = [];
  for await (const some of inTurns(due)) leads.push(...(await claimSome(toIds(some), duty)));
  return leads;
}

async function claimSome(ids: string[], { db, now, epoch }: Duty): Promise<ClaimedLead[]> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockLease(epoch, tx))) return [];
    const leads = await moveLeads("suspect", { claim_epoch: epoch, ...WIDER_SKEW }, tx)
      .where("id", "in", ids)
      .where("state", "in", TO_VERIFY)
      .where("due_at", "<=", now())
      .returning(claimed)
      .execute();
    return leads.map(toClaimed);
  });
}

/**
 * The last write before the request: when it is sent (epoch ms), by which version of the mapping, in which field of Kommo our
 * id goes with it, and that one more leaves, which is counted outside of the database too. Answers the leads that are still
 * claimed under this lease; none where the database has forgotten sendings, as then it was copied back, nor where the queue was
 * paused or halted, or the connection replaced, while they waited.
 */
export async function startSending(
  leads: ClaimedLead[],
  { version, reference, connection }: { version: number; reference: number | null; connection: Connection },
  duty: Duty,
): Promise<ClaimedLead[]> {
  const { db, now, epoch, sendings } = duty;
  const sentAt = now();
  const started = await db.transaction().execute(async (tx) => {
    const sender = await lockLease(epoch, tx);
    if (!sender || sendings?.isBehind(sender.sendings)) return undefined;
    const isStopped = sender.paused_at !== null || sender.rest_code !== null;
    if (isStopped || !(await lockInForce(connection, tx))) {
      await unclaim(leads, epoch, tx);
      return undefined;
    }
    const rows = await tx
      .updateTable("leads")
      .set({
        sent_at: sentAt,
        sent_until: null,
        least_ahead_ms: KOMMO_AHEAD_MS,
        most_ahead_ms: KOMMO_AHEAD_MS,
        mapping_version: version,
        sent_reference: reference,
        sent_above_id: SENT_ABOVE_ID,
        watch_until: toWatchUntil(sentAt),
      })
      .where("id", "in", toIds(leads))
      .where("state", "=", "sending")
      .where("claim_epoch", "=", epoch)
      .returning("id")
      .execute();
    const count = sender.sendings + 1;
    await tx.updateTable("sender").set({ sendings: count }).execute();
    const ours = new Set(rows.map(({ id }) => id));
    const leaving = await leaveOutRefused(
      leads.filter(({ id }) => ours.has(id)),
      { now: sentAt, epoch },
      tx,
    );
    return { leaving, count };
  });
  if (!started) return [];
  await sendings?.note(started.count);
  return started.leaving.map((lead) => ({ ...lead, sentAt, sentUntil: null }));
}

/** Kommo may have refused a recipient since it was decided: these leads go without one. */
async function leaveOutRefused(
  leads: ClaimedLead[],
  when: { now: number; epoch: number },
  tx: Db,
): Promise<ClaimedLead[]> {
  const users = [...new Set(leads.flatMap(({ recipient }) => recipient.userId ?? []))];
  if (users.length === 0) return leads;
  const rows = await tx
    .selectFrom("recipients")
    .select("user_id")
    .where("user_id", "in", users)
    .where("refused_at", "is not", null)
    .execute();
  const refused = new Set(rows.map(({ user_id }) => user_id));
  const isRefused = ({ recipient }: ClaimedLead) =>
    recipient.userId !== null && refused.has(recipient.userId);
  await dropRecipients(toIds(leads.filter(isRefused)), when, tx);
  return leads.map((lead) =>
    isRefused(lead) ? { ...lead, recipient: { ...lead.recipient, userId: null } } : lead,
  );
}

/** Puts back what was claimed and has not left: it keeps its place in the order. */
export async function unclaim(leads: ClaimedLead[], epoch: number, db: Db): Promise<void> {
  await moveLeads("requeue", {}, db)
    .where("id", "in", toIds(leads))
    .where("state", "=", "sending")
    .where("claim_epoch", "=", epoch)
    .execute();
}

/** A lead that goes again may have waited for longer than it was watched. */
function toWatchUntil(sentAt: number) {
  const until = sentAt + WATCHED_MS;
  return sql<number | null>`case when watch_until < ${until} then ${until} else watch_until end`;
}

const KOMMO_AHEAD_MS = sql<number | null>`(select kommo_ahead_ms from sender)`;
/** Our clock may have been set between Kommo's last answer and the sending: then those after it tell. */
const WIDER_SKEW = {
  least_ahead_ms: sql<number | null>`coalesce(
    case when least_ahead_ms < ${KOMMO_AHEAD_MS} then least_ahead_ms else ${KOMMO_AHEAD_MS} end, least_ahead_ms)`,
  most_ahead_ms: sql<number | null>`coalesce(
    case when most_ahead_ms > ${KOMMO_AHEAD_MS} then most_ahead_ms else ${KOMMO_AHEAD_MS} end, most_ahead_ms)`,
};

/** When the hold of a lead ended. */
const READY_AT = sql<number | null>`case when state = 'held' then due_at else ready_at end`;

/** A lead that was decided before keeps its decision, whoever claims it. */
function toRoutedAt(now: number) {
  return sql<number>`coalesce(routed_at, ${now})`;
}

const claimed = [
  ...leadFields,
  "id",
  "state",
  "tries",
  "custom",
  "parked",
  "due_at as dueAt",
  "created_at as createdAt",
  "sent_at as sentAt",
  "sent_until as sentUntil",
  "least_ahead_ms as leastAheadMs",
  "most_ahead_ms as mostAheadMs",
  "settles_at as settlesAt",
  "batch_limit as batchLimit",
  "failed_alone as failedAlone",
  "mapping_version as mappingVersion",
  "sent_reference as sentReference",
  "sent_above_id as sentAboveId",
  "author_id as authorId",
  "routed_at as routedAt",
  "route_user as routeUser",
  "route",
  "contact_choice as contactChoice",
  "attach_id as contactId",
  "through",
  "language",
  "consent_version as consentVersion",
  "consent_at as consentAt",
] as const;

type Row = Selectable<Pick<LeadsTable, "custom" | "route">> &
  Record<"routeUser" | "consentVersion" | "consentAt", number | null>;

function toClaimed<T extends Row>({ custom, route, routeUser, consentVersion, consentAt, ...lead }: T) {
  const recipient: Recipient = { userId: routeUser, tags: toDecision(route)?.tags ?? [] };
  return { ...lead, custom: toCustom(custom), recipient, consent: toConsent(consentVersion, consentAt) };
}

function toRecipient(decision: RouteDecision | undefined): { recipient?: Recipient } {
  return decision ? { recipient: { userId: decision.user?.id ?? null, tags: decision.tags } } : {};
}

/** Who is responsible in Kommo for the contact of each lead. */
function toOwners(contacts: Map<string, ContactDecision>): Map<string, number> {
  return new Map(
    [...contacts].flatMap(([id, { client }]) =>
      client.contact?.userId ? [[id, client.contact.userId] as const] : [],
    ),
  );
}

/** `waits`: those whose phone Kommo is still asked about come later. */
function selectDue(tx: Db, now: number, waits: boolean, order: "asc" | "desc", limit: number) {
  const due = tx
    .selectFrom("leads")
    .select(claimed)
    .where("state", "in", TO_SEND)
    .where("due_at", "<=", now)
    .$if(waits, (query) => query.where((eb) => eb.not(waitsForLookUp(now))))
    .orderBy("due_at", order)
    .limit(limit);
  return lockFreeRows(tx, due).execute();
}

/** Holds off a take-over until the claim is written down. */
function lockLease(epoch: number, tx: Db) {
  const lease = tx
    .selectFrom("sender")
    .select(["batch_limit", "sendings", "paused_at", "rest_code"])
    .where("epoch", "=", epoch);
  return lockRows(tx, lease).executeTakeFirst();
}

function toIds(leads: readonly { id: string }[]): string[] {
  return leads.map(({ id }) => id);
}
