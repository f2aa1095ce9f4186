import "server-only";
import { sql } from "kysely";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { BROUGHT_BACK_MS } from "@/lib/delivery/constants";
import type { SendingsFile } from "@/lib/delivery/duty";
import { noteLastId, SENT_ABOVE_ID } from "@/lib/delivery/last-lead-id";
import { statesKeptBack } from "@/lib/domain/lead/states";
import { getEnv } from "@/lib/env";
import { moveLeads } from "@/lib/leads/transitions";
import { log } from "@/lib/log";
import { drawEpoch } from "./epoch";

// What was sent before the restore stands there within that time.
const WATCHED_MS = 60 * 60_000;

/** At the first start after `npm run restore`. Answers how many leads are verified. */
export async function verifyAfterRestore(db: Db = getDb(), now = tellTime(), sendings = 0): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const point = await tx.deleteFrom("restore_point").returning("restored_at").executeTakeFirst();
    if (!point?.restored_at) return 0;
    return restore(tx, { restoredAt: point.restored_at, now, sendings });
  });
}

/**
 * Compares the count of sendings in the file with the one in the database: a database that is behind was copied back, and
 * is verified like one that was restored. Answers whether it was.
 */
export async function verifyIfBehind(
  sendings: SendingsFile,
  db: Db = getDb(),
  now = tellTime(),
): Promise<boolean> {
  // Read before the database is asked, which may count on meanwhile.
  const highest = sendings.highest();
  const sender = await db.selectFrom("sender").select("sendings").executeTakeFirstOrThrow();
  if (!sendings.isBehind(sender.sendings, highest)) {
    sendings.remember(sender.sendings);
    return false;
  }
  const isBehind = (locked: Sender) => sendings.isBehind(locked.sendings, highest);
  if (!(await verifyCopiedBack(isBehind, { now, sendings: highest }, db))) return false;
  await sendings.note(Math.max(highest, sender.sendings));
  return true;
}

type Sender = { epoch: number; sendings: number };
/** `sendings`: how many requests have left at least. `lastLeadId`: the highest id of Kommo that is known. */
type Known = { now: number; sendings?: number; lastLeadId?: number };

/**
 * Verifies the leads of a database that was copied back, if the sign for it is still true of the sender's row, which is
 * locked meanwhile: who was frozen since has seen what was true then. Answers whether it was.
 */
export async function verifyCopiedBack(
  isCopiedBack: (sender: Sender, tx: Db) => boolean | Promise<boolean>,
  known: Known,
  db: Db,
): Promise<boolean> {
  const leads = await db.transaction().execute(async (tx) => {
    const sender = tx.selectFrom("sender").select(["epoch", "sendings"]);
    const locked = await lockRows(tx, sender).executeTakeFirstOrThrow();
    return (await isCopiedBack(locked, tx)) ? restore(tx, { ...known, restoredAt: known.now }) : undefined;
  });
  if (leads === undefined) return false;
  log.error({ leads }, "the database is older than what was sent: its leads are verified before any leaves");
  return true;
}

/**
 * What a database of an earlier time knows as not arrived may have been sent since, so it is looked for in Kommo among all
 * that was made from the last trace in the database to the restore. Answers how many leads.
 */
async function restore(
  tx: Db,
  { restoredAt, now, sendings = 0, lastLeadId = 0 }: Known & { restoredAt: number },
): Promise<number> {
  const lastTrace = await findLastTrace(restoredAt, tx);
  const { uptime_ms } = await tx.selectFrom("sender").select("uptime_ms").executeTakeFirstOrThrow();
  const columns = {
    problem: "unclear",
    problem_detail: null,
    tries: 0,
    due_at: now,
    sent_at: sql<number>`coalesce(sent_at, ${lastTrace})`,
    sent_until: restoredAt,
    least_ahead_ms: sql<number | null>`coalesce(least_ahead_ms, (select kommo_ahead_ms from sender))`,
    most_ahead_ms: sql<number | null>`coalesce(most_ahead_ms, (select kommo_ahead_ms from sender))`,
    // A look that is under way must not say what becomes of them.
    claim_epoch: null,
    settles_at: uptime_ms + getEnv().kommo.lateMs,
    sent_above_id: SENT_ABOVE_ID,
    // In the time that is forgotten it may have been sent twice.
    watch_until: now + WATCHED_MS,
  };
  const { settles_at, sent_above_id, sent_at, sent_until, least_ahead_ms, most_ahead_ms, watch_until } =
    columns;
  // One that was undone or to be checked then may have been brought back and sent since: it is looked for, and before it leaves in any case.
  const undone = tx.updateTable("leads").where("state", "in", statesKeptBack);
  await undone.set({ settles_at, sent_above_id }).execute();
  await undone
    .set({ sent_at, sent_until, least_ahead_ms, most_ahead_ms, watch_until })
    .where((eb) =>
      eb.or([eb("state", "!=", "withdrawn"), eb("created_at", ">", lastTrace - BROUGHT_BACK_MS)]),
    )
    .execute();
  const { numUpdatedRows } = await moveLeads("restore", columns, tx).executeTakeFirstOrThrow();
  // Nothing of the other process, its lease and its slots, is true of this one, nor may it write under an epoch of then.
  await tx
    .updateTable("sender")
    .set((eb) => ({
      holder: null,
      lease_ends: 0,
      epoch: drawEpoch(),
      sendings: eb.case().when("sendings", "<", sendings).then(sendings).else(eb.ref("sendings")).end(),
      restored_at: restoredAt,
    }))
    .execute();
  await noteLastId([lastLeadId], tx);
  await endRestoredAccess(restoredAt, tx);
  return Number(numUpdatedRows);
}

/** Sessions ended and links used since the back-up would be good again. No session can carry a moment as its version. */
async function endRestoredAccess(restoredAt: number, tx: Db): Promise<void> {
  await tx.updateTable("people").set({ session_version: restoredAt }).execute();
  await tx.deleteFrom("sessions").execute();
  await tx.deleteFrom("one_time_links").where("person_id", "is not", null).execute();
}

/**
 * The sender writes down that a lead leaves before it does, so nothing left between this and the back-up's end. A time after
 * the restore is of a clock that was ahead.
 */
async function findLastTrace(restoredAt: number, tx: Db): Promise<number> {
  const leads = await tx
    .selectFrom("leads")
    .select(({ fn }) => [
      fn.max("created_at").filterWhere("created_at", "<=", restoredAt).as("created"),
      fn.max("sent_at").filterWhere("sent_at", "<=", restoredAt).as("sent"),
      fn.max("confirmed_at").filterWhere("confirmed_at", "<=", restoredAt).as("confirmed"),
    ])
    .executeTakeFirstOrThrow();
  const attempts = await tx
    .selectFrom("attempts")
    .select(({ fn }) => fn.max("started_at").as("last"))
    .where("started_at", "<=", restoredAt)
    .executeTakeFirstOrThrow();
  return Math.max(leads.created ?? 0, leads.sent ?? 0, leads.confirmed ?? 0, attempts.last ?? 0);
}
