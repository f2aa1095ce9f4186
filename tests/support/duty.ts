import type { Db } from "@/lib/db/client";
import type { Duty } from "@/lib/delivery/duty";
import { deliverDue } from "@/lib/worker/dispatch";

/** What a process with the lease works with; its uptime goes by the same clock. */
export async function aDuty(db: Db, now: () => number, more: Partial<Duty> = {}): Promise<Duty> {
  const { epoch } = await db.selectFrom("sender").select("epoch").executeTakeFirstOrThrow();
  return { db, now, uptime: now, lateMs: 360_000, epoch, mayLeave: () => true, ...more };
}

/** One round of the process that has the lease. */
export async function deliverRound(db: Db, now: () => number): Promise<boolean> {
  return deliverDue(await aDuty(db, now));
}
