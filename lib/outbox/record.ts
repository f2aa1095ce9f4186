import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";
import type { ErrorCode } from "@/lib/errors";
import type { Exchange } from "@/lib/kommo/client";
import type { Arrival } from "@/lib/kommo/incoming-leads";
import type { ClaimedLead } from "./claim";

/** What becomes of one claimed lead; `dueAt` in epoch milliseconds. */
export type Verdict =
  | { state: "confirmed"; arrival: Arrival }
  | { state: "queued" | "checking"; problem: ErrorCode | null; dueAt: number }
  | { state: "needs_fix"; problem: ErrorCode };

export type Attempt = {
  exchange: Exchange;
  outcome: ErrorCode | "confirmed" | "absent";
  /** The item sent, or the question asked, for each lead by its id. */
  requests: Map<string, unknown>;
};

type Judged = { lead: ClaimedLead; verdict: Verdict }[];

export function isConfirmed({ verdict }: { verdict: Verdict }): boolean {
  return verdict.state === "confirmed";
}

/** Writes the attempt and the leads' new states in one transaction: a crash before it leaves the leads *sending*. */
export async function recordAttempt(
  attempt: Attempt | undefined,
  judged: Judged,
  mappingVersion: number | undefined,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (attempt) await insertAttempt(attempt, tx);
    for (const { lead, verdict } of judged) await applyVerdict(lead, verdict, mappingVersion, tx, now);
  });
}

async function insertAttempt({ exchange, outcome, requests }: Attempt, tx: Db): Promise<void> {
  const id = randomUUID();
  await tx
    .insertInto("attempts")
    .values({
      id,
      started_at: exchange.startedAt,
      duration_ms: exchange.durationMs,
      lead_count: requests.size,
      outcome,
      status: exchange.status,
      response: exchange.answer,
    })
    .execute();
  await tx
    .insertInto("attempt_leads")
    .values(
      [...requests].map(([lead_id, request]) => ({
        attempt_id: id,
        lead_id,
        request: JSON.stringify(request),
      })),
    )
    .execute();
}

async function applyVerdict(
  lead: ClaimedLead,
  verdict: Verdict,
  mappingVersion: number | undefined,
  tx: Db,
  now: number,
): Promise<void> {
  const update = tx.updateTable("leads").where("id", "=", lead.id);
  if (verdict.state === "confirmed") {
    // Ids from Kommo are true even when the lease has passed to another sender.
    await update
      .set({
        state: "confirmed",
        problem: null,
        kommo_uid: verdict.arrival.uid,
        kommo_lead_id: verdict.arrival.leadId,
        kommo_contact_id: verdict.arrival.contactId,
        confirmed_at: now,
        ...(mappingVersion !== undefined && { mapping_version: mappingVersion }),
      })
      .where("state", "!=", "confirmed")
      .execute();
    return;
  }

  await update
    .set({
      state: verdict.state,
      problem: verdict.problem,
      tries: lead.tries + 1,
      ...("dueAt" in verdict && { due_at: verdict.dueAt }),
      ...(mappingVersion !== undefined && { mapping_version: mappingVersion }),
    })
    .where("due_at", "=", lead.leaseEnds)
    .where("state", "in", ["sending", "checking"])
    .execute();
}
