import "server-only";
import { sql } from "kysely";
import { type Db, getDb, lockFreeRows, lockRows } from "@/lib/db/client";
import { leadFields } from "@/lib/domain/lead/fields";
import { toCustom } from "@/lib/domain/lead/schema";
import type { LeadState } from "@/lib/domain/lead/states";
import { moveLeads } from "@/lib/leads/transitions";
import { composeBatch, LARGEST_BATCH } from "./compose-batch";
import type { Duty } from "./duty";

const TO_SEND: readonly LeadState[] = ["held", "queued"];
// While there is a backlog, each batch also takes some of the newest: who types now does not wait for all before.
const NEWEST = 5;

export type ClaimedLead = Awaited<ReturnType<typeof claimBatch>>[number];

/** True when something is to be sent or verified now (epoch ms). */
export async function hasDueLeads(db: Db = getDb(), now = Date.now()): Promise<boolean> {
  const due = await db
    .selectFrom("leads")
    .select("id")
    .where("state", "in", [...TO_SEND, "checking"])
    .where("due_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}

/**
 * Claims the next batch to send: leads whose hold is over and queued ones that are due, at most as many as may go together.
 * Answers none when the lease is another's by now.
 */
export async function claimBatch({ db, now, epoch }: Duty) {
  return db.transaction().execute(async (tx) => {
    const lease = await lockLease(epoch, tx);
    if (!lease) return [];
    const oldest = await selectDue(tx, now(), "asc", LARGEST_BATCH);
    const newest = oldest.length === LARGEST_BATCH ? await selectDue(tx, now(), "desc", NEWEST) : [];
    const due = [...newest, ...oldest];
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
    await moveLeads("claim", { claim_epoch: epoch, ready_at: READY_AT }, tx)
      .where("id", "in", toIds(batch))
      .execute();
    return batch.map((lead) => ({ ...lead, custom: toCustom(lead.custom) }));
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

/** Claims all unconfirmed leads whose next look in Kommo is due. */
export async function claimToVerify({ db, now, epoch }: Duty): Promise<ClaimedLead[]> {
  return db.transaction().execute(async (tx) => {
    if (!(await lockLease(epoch, tx))) return [];
    const leads = await moveLeads("suspect", { claim_epoch: epoch }, tx)
      .where("state", "=", "checking")
      .where("due_at", "<=", now())
      .returning(claimed)
      .execute();
    return leads.map((lead) => ({ ...lead, custom: toCustom(lead.custom) }));
  });
}

/**
 * The last write before the request: when it is sent (epoch ms) and by which mapping. Answers the leads that are still
 * claimed under this lease.
 */
export async function startSending(
  leads: ClaimedLead[],
  mappingVersion: number,
  { db, now, epoch }: Duty,
): Promise<ClaimedLead[]> {
  const sentAt = now();
  const rows = await db
    .updateTable("leads")
    .set({
      sent_at: sentAt,
      sent_until: null,
      mapping_version: mappingVersion,
      sent_above_id: SENT_ABOVE_ID,
    })
    .where("id", "in", toIds(leads))
    .where("state", "=", "sending")
    .where("claim_epoch", "=", epoch)
    .returning("id")
    .execute();
  const ours = new Set(rows.map(({ id }) => id));
  return leads.filter(({ id }) => ours.has(id)).map((lead) => ({ ...lead, sentAt, sentUntil: null }));
}

/** The highest id of Kommo before the first sending: a request of then may still make a lead, above that id. */
export const SENT_ABOVE_ID = sql<number>`coalesce(sent_above_id, (select max(kommo_lead_id) from leads as others), 0)`;

/** When the hold of a lead ended. */
const READY_AT = sql<number | null>`case when state = 'held' then due_at else ready_at end`;

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
  "settles_at as settlesAt",
  "batch_limit as batchLimit",
  "failed_alone as failedAlone",
  "mapping_version as mappingVersion",
  "sent_above_id as sentAboveId",
] as const;

function selectDue(tx: Db, now: number, order: "asc" | "desc", limit: number) {
  const due = tx
    .selectFrom("leads")
    .select(claimed)
    .where("state", "in", TO_SEND)
    .where("due_at", "<=", now)
    .orderBy("due_at", order)
    .limit(limit);
  return lockFreeRows(tx, due).execute();
}

/** Holds off a take-over until the claim is written down. */
function lockLease(epoch: number, tx: Db) {
  const lease = tx.selectFrom("sender").select("batch_limit").where("epoch", "=", epoch);
  return lockRows(tx, lease).executeTakeFirst();
}

function toIds(leads: readonly { id: string }[]): string[] {
  return leads.map(({ id }) => id);
}
