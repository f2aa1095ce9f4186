import "server-only";
import type { Db } from "@/lib/db/client";
import { moveLeads } from "@/lib/leads/transitions";
import type { Duty } from "./duty";

/**
 * Leads that are *sending* under this lease and in no delivery of this process: what has delivered them failed before it
 * wrote down an answer. They may be in Kommo, so they are unconfirmed.
 */
export async function sweepUnfinished(inFlight: string[], duty: Duty): Promise<void> {
  const { db, now, uptime, lateMs, epoch } = duty;
  await moveLeads("suspect", toColumns(now(), uptime() + lateMs), db)
    .where("state", "=", "sending")
    .where("claim_epoch", "=", epoch)
    .$if(inFlight.length > 0, (query) => query.where("id", "not in", inFlight))
    .execute();
}

/** At a take-over of the lease: whatever is *sending* was claimed under another epoch. */
export async function sweepOtherEpochs(epoch: number, tx: Db, now: number, settlesAt: number): Promise<void> {
  // The new epoch keeps a late answer of the old holder from changing anything but by Kommo's ids.
  await moveLeads("suspect", { ...toColumns(now, settlesAt), claim_epoch: epoch }, tx)
    .where("state", "=", "sending")
    .where((eb) => eb.or([eb("claim_epoch", "is", null), eb("claim_epoch", "!=", epoch)]))
    .execute();
}

function toColumns(now: number, settlesAt: number) {
  return { problem: "unclear", problem_detail: null, due_at: now, settles_at: settlesAt };
}
