import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";
import type { Transition } from "@/lib/domain/lead/states";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { toRefusedFields } from "@/lib/domain/mapping/payload/to-refused-fields";
import type { Exchange } from "@/lib/kommo/client";
import { confirmLeads, moveLeads } from "@/lib/leads/transitions";
import type { PublishedMapping } from "@/lib/published-mapping/queries";
import type { AttemptOutcome } from "@/lib/queue/adjust-to-answer";
import type { ClaimedLead } from "./claim";
import type { Decision } from "./decide";

export type Attempt = {
  exchange: Exchange;
  outcome: AttemptOutcome;
  /** What was sent, or asked, for each lead by its id. */
  requests: Map<string, unknown>;
};

export type Decisions = {
  attempt?: Attempt;
  decided: { lead: ClaimedLead; decision: Decision }[];
  /** Of a delivery: the mapping and the items it made; a look-up has neither. */
  published?: PublishedMapping;
  items?: Map<string, IncomingLead>;
  now: number;
};

const MOVES = {
  queued: "requeue",
  checking: "suspect",
  needs_fix: "reject",
  needs_admin: "ask_admin",
} as const satisfies Record<Exclude<Decision["state"], "confirmed">, Transition>;

/** Writes the attempt and the leads' new states in one transaction: a crash before it leaves the leads *sending*. */
export async function recordDecisions(decisions: Decisions, db: Db = getDb()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (decisions.attempt) await insertAttempt(decisions.attempt, tx);
    const arrivals = decisions.decided.flatMap(({ lead, decision }) =>
      decision.state === "confirmed" ? [{ id: lead.id, ...decision.arrival }] : [],
    );
    await confirmLeads(arrivals, decisions.now, tx);
    for (const { lead, decision } of decisions.decided) {
      if (decision.state !== "confirmed") await applyDecision(lead, decision, decisions, tx);
    }
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
  if (outcome === "confirmed") {
    await tx.updateTable("sender").set({ last_success: exchange.startedAt }).execute();
  }
}

async function applyDecision(
  lead: ClaimedLead,
  decision: Exclude<Decision, { state: "confirmed" }>,
  { published, items }: Decisions,
  tx: Db,
): Promise<void> {
  const item = items?.get(lead.id);
  const refused =
    decision.state === "needs_fix" && item && published
      ? JSON.stringify(toRefusedFields(decision.errors, item, published.mapping))
      : null;
  const columns = {
    problem: decision.problem,
    problem_detail: refused,
    // Only the lead's own failures make it wait longer, not those of the whole queue.
    tries: "isBackOff" in decision && decision.isBackOff ? lead.tries + 1 : lead.tries,
    ...("dueAt" in decision && { due_at: decision.dueAt }),
  };
  await moveLeads(MOVES[decision.state], columns, tx)
    .where("id", "=", lead.id)
    .where("due_at", "=", lead.leaseEnds)
    .execute();
}
