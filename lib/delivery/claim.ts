import "server-only";
import { sql } from "kysely";
import { type Db, getDb, lockFreeRows } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import { type LeadState, statesUnderWay } from "@/lib/domain/lead/states";
import { moveLeads } from "@/lib/leads/transitions";

// Longer than one request can take, or two senders would deliver the same lead.
const LEASE_MS = 60_000;
const BATCH = 50;
// A look-up costs about the same for one lead as for many, and holds up what is to be sent: while there is a backlog,
// leads in doubt gather for a while.
const UNCLEAR_AT_ONCE = 500;
const UNCLEAR_WAITS_MS = 15_000;

export type ClaimedLead = Awaited<ReturnType<typeof claimDueLeads>>[number];

export async function hasDueLeads(db: Db = getDb(), now = Date.now()): Promise<boolean> {
  const due = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "in", statesUnderWay)
    .where("due_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/**
 * Takes up to 50 leads to send in order of due time (epoch ms), and those in doubt, and postpones them past a lease: a
 * sender that dies leaves nothing to clean. Their `state` is the one before: a lead found in *sending* was in flight when
 * its sender died, so it is looked up before it is sent again. `leaseEnds` is the fence: a lead with another due time is
 * no longer ours.
 */
export async function claimDueLeads(db: Db = getDb(), now = Date.now()) {
  return db.transaction().execute(async (tx) => {
    const toSend = await selectDue(["held", "queued"], BATCH, tx, now);
    const unclear = await selectDue(["sending", "checking"], UNCLEAR_AT_ONCE, tx, now);
    const isBacklog = toSend.length === BATCH;
    const areOverdue = unclear.some(({ dueAt }) => dueAt < now - UNCLEAR_WAITS_MS);
    const toVerify = isBacklog && !areOverdue ? [] : unclear;
    const leaseEnds = now + LEASE_MS;
    await claimFor("claim", { due_at: leaseEnds, ready_at: READY_AT }, toSend, tx);
    await claimFor("suspect", { due_at: leaseEnds }, toVerify, tx);
    return [...toSend, ...toVerify].map((lead) => ({ ...lead, custom: toCustom(lead.custom), leaseEnds }));
  });
}

/** When the hold of a lead ended. */
const READY_AT = sql<number | null>`case when state = 'held' then due_at else ready_at end`;

async function claimFor(
  transition: "claim" | "suspect",
  columns: Parameters<typeof moveLeads>[1],
  leads: { id: string }[],
  tx: Db,
): Promise<void> {
  if (leads.length === 0) return;
  await moveLeads(transition, columns, tx)
    .where(
      "id",
      "in",
      leads.map(({ id }) => id),
    )
    .execute();
}

function selectDue(states: LeadState[], limit: number, tx: Db, now: number) {
  const due = tx
    .selectFrom("leads")
    .select([...leadFields, "id", "state", "tries", "custom", "parked"])
    .select(["due_at as dueAt", "created_at as createdAt", "sent_at as sentAt", "sent_until as sentUntil"])
    .where("state", "in", states)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .limit(limit);
  return lockFreeRows(tx, due).execute();
}

/**
 * The moment before the request: the lease starts anew and `sent_at` is now, so that what follows is counted from the
 * sending and not from the claim; the lead knows by which mapping it leaves, whatever becomes of us. Answers the leads
 * that are still ours; another sender has the rest.
 */
export async function startSending(
  leads: ClaimedLead[],
  mappingVersion: number,
  db: Db = getDb(),
  now = Date.now(),
): Promise<ClaimedLead[]> {
  const leaseEnds = now + LEASE_MS;
  const rows = await db
    .updateTable("leads")
    .set({ due_at: leaseEnds, sent_at: now, sent_until: null, mapping_version: mappingVersion })
    .where((eb) => eb.or(leads.map((lead) => eb.and({ id: lead.id, due_at: lead.leaseEnds }))))
    .returning("id")
    .execute();
  const ours = new Set(rows.map(({ id }) => id));
  return leads
    .filter(({ id }) => ours.has(id))
    .map((lead) => ({ ...lead, leaseEnds, sentAt: now, sentUntil: null }));
}

/** Puts claimed leads back to their place in the queue; nothing was sent. */
export async function releaseClaims(leads: ClaimedLead[], db: Db = getDb()): Promise<void> {
  for (const lead of leads) {
    await moveLeads("requeue", { due_at: lead.dueAt }, db)
      .where("id", "=", lead.id)
      .where("due_at", "=", lead.leaseEnds)
      .execute();
  }
}
