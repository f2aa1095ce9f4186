import "server-only";
import { type Db, getDb, skipLocked } from "@/lib/db/client";
import { leadFields, statesUnderWay } from "@/lib/leads/schema";

// Longer than one request can take, or two senders would deliver the same lead.
const LEASE_MS = 60_000;
const BATCH = 50;

export type ClaimedLead = Awaited<ReturnType<typeof claimDueLeads>>[number];

/**
 * Takes up to 50 due leads in order of due time (epoch ms) and postpones them past a lease: a sender that dies leaves
 * nothing to clean. Their `state` is the one before: a lead found in *sending* was in flight when its sender died, so
 * it is looked up before it is sent again. `leaseEnds` is the fence: a lead with another due time is no longer ours.
 */
export async function claimDueLeads(db: Db = getDb(), now = Date.now()) {
  return db.transaction().execute(async (tx) => {
    const due = await skipLocked(
      tx,
      tx
        .selectFrom("leads")
        .select([...leadFields, "id", "state", "problem", "tries", "created_at as createdAt"])
        .where("state", "in", statesUnderWay)
        .where("due_at", "<=", now)
        .orderBy("due_at")
        .limit(BATCH),
    ).execute();
    const claimed = due[0] && isSuspect(due[0]) ? [due[0]] : due.filter((lead) => !isSuspect(lead));
    if (claimed.length === 0) return [];

    const leaseEnds = now + LEASE_MS;
    const ids = claimed.map((lead) => lead.id);
    await tx
      .updateTable("leads")
      .set((eb) => ({
        due_at: leaseEnds,
        state: eb.case().when("state", "in", ["held", "queued"]).then("sending").else("checking").end(),
      }))
      .where("id", "in", ids)
      .execute();
    return claimed.map((lead) => ({ ...lead, leaseEnds }));
  });
}

/** Refused together with others without a word on who was guilty: it goes alone now. */
function isSuspect(lead: { state: string; problem: string | null }): boolean {
  return lead.state === "queued" && lead.problem === "refused";
}
