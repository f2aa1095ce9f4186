import type { Db } from "@/lib/db/client";
import { hasDueLeads } from "@/lib/delivery/claim";
import type { Duty } from "@/lib/delivery/duty";
import { finish, startDue } from "@/lib/worker/dispatch";
import { noneInFlight } from "@/lib/worker/in-flight";

/** What a process with the lease works with; its uptime goes by the same clock. */
export async function aDuty(db: Db, now: () => number, more: Partial<Duty> = {}): Promise<Duty> {
  const { epoch } = await db.selectFrom("sender").select("epoch").executeTakeFirstOrThrow();
  return { db, now, uptime: now, lateMs: 360_000, epoch, mayLeave: () => true, ...more };
}

/** One round of the process that has the lease. */
export async function deliverRound(db: Db, now: () => number): Promise<boolean> {
  return deliverDue(await aDuty(db, now));
}

/** One round from beginning to end: all that is due is sent and verified. Answers whether there was anything. */
export async function deliverDue(duty: Duty): Promise<boolean> {
  const inFlight = noneInFlight();
  const isDue = await hasDueLeads(duty.db, duty.now());
  const hasStarted = await startDue(duty, inFlight);
  const hasVerified = inFlight.tasks.has("verification");
  await finish(duty, inFlight);
  return hasStarted || (isDue && hasVerified);
}
