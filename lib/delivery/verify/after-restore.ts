import "server-only";
import { sql } from "kysely";
import { type Db, getDb } from "@/lib/db/client";
import { SENT_ABOVE_ID } from "@/lib/delivery/claim";
import { getEnv } from "@/lib/env";
import { moveLeads } from "@/lib/leads/transitions";

/**
 * At the first start after a restore: what the back-up knows as not arrived may have been sent since, so it is looked for
 * in Kommo among all that was made from the last trace in the back-up to the restore. Answers how many leads.
 */
export async function verifyAfterRestore(db: Db = getDb(), now = Date.now()): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const point = await tx.selectFrom("restore_point").select("restored_at").executeTakeFirst();
    if (!point?.restored_at) return 0;
    const { restored_at } = point;
    const lastTrace = await findLastTrace(tx);
    const { uptime_ms } = await tx.selectFrom("sender").select("uptime_ms").executeTakeFirstOrThrow();
    const settlesAt = uptime_ms + getEnv().kommo.lateMs;
    const columns = {
      problem: "unclear",
      problem_detail: null,
      tries: 0,
      due_at: now,
      sent_at: sql<number>`coalesce(sent_at, ${lastTrace})`,
      sent_until: restored_at,
      settles_at: settlesAt,
      sent_above_id: SENT_ABOVE_ID,
    };
    // One that was undone in the back-up may have been edited and sent since: it is looked for if somebody brings it back.
    await tx.updateTable("leads").set({ settles_at: settlesAt }).where("state", "=", "withdrawn").execute();
    const { numUpdatedRows } = await moveLeads("restore", columns, tx).executeTakeFirstOrThrow();
    // Nothing of the other process, its lease and its slots, is true of this one.
    await tx.updateTable("sender").set({ holder: null, lease_ends: 0 }).execute();
    await endRestoredAccess(restored_at, tx);
    await tx.deleteFrom("restore_point").execute();
    return Number(numUpdatedRows);
  });
}

/** Sessions ended and links used since the back-up would be good again. No session can carry a moment as its version. */
async function endRestoredAccess(restoredAt: number, tx: Db): Promise<void> {
  await tx.updateTable("people").set({ session_version: restoredAt }).execute();
  await tx.deleteFrom("sessions").execute();
  await tx.deleteFrom("one_time_links").where("person_id", "is not", null).execute();
}

/** The sender writes down that a lead leaves before it does, so nothing left between this and the back-up's end. */
async function findLastTrace(tx: Db): Promise<number> {
  const leads = await tx
    .selectFrom("leads")
    .select((eb) => [
      eb.fn.max("created_at").as("created"),
      eb.fn.max("sent_at").as("sent"),
      eb.fn.max("confirmed_at").as("confirmed"),
    ])
    .executeTakeFirstOrThrow();
  const attempts = await tx
    .selectFrom("attempts")
    .select((eb) => eb.fn.max("started_at").as("last"))
    .executeTakeFirstOrThrow();
  return Math.max(leads.created ?? 0, leads.sent ?? 0, leads.confirmed ?? 0, attempts.last ?? 0);
}
