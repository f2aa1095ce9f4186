import "server-only";
import { sql } from "kysely";
import { type Db, lockRows } from "@/lib/db/client";

/**
 * Taken before ids of Kommo are given to leads, and before any lead: two who give the same one at the same moment would not see
 * each other's. Answers the epoch of the lease, and how many requests with leads have left as far as this database knows.
 */
export async function lockLastId(tx: Db): Promise<{ epoch: number; sendings: number }> {
  return lockRows(tx, tx.selectFrom("sender").select(["epoch", "sendings"])).executeTakeFirstOrThrow();
}

/** Keeps the highest id of Kommo that a lead of ours ever had, erased ones included. */
export async function noteLastId(leadIds: number[], tx: Db): Promise<void> {
  const last = leadIds.reduce((most, leadId) => Math.max(most, leadId), 0);
  if (last === 0) return;
  await tx.updateTable("sender").set({ last_lead_id: last }).where("last_lead_id", "<", last).execute();
}

/** For a lead: that id before its first sending. A request of then may still make it, with a higher one. */
export const SENT_ABOVE_ID = sql<number>`coalesce(sent_above_id, (select last_lead_id from sender))`;
