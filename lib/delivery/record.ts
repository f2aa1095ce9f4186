import "server-only";
import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { Transition } from "@/lib/domain/lead/states";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { toRefusedFields } from "@/lib/domain/mapping/payload/to-refused-fields";
import { dropContacts, endAttaching } from "@/lib/known-clients/mutations";
import type { Exchange } from "@/lib/kommo/client";
import { confirmLeads, moveLeads } from "@/lib/leads/transitions";
import type { PublishedMapping } from "@/lib/published-mapping/queries";
import { dropRecipients, markRefusedRecipients } from "@/lib/published-routing/mutations";
import type { AttemptOutcome } from "@/lib/queue/adjust-to-answer";
import type { ClaimedLead } from "./claim";
import { WATCHED_MS } from "./constants";
import { type Decision, toBatchLimit } from "./decide";
import type { Duty } from "./duty";
import { lockLastId, noteLastId } from "./last-lead-id";

export type Attempt = {
  exchange: Exchange;
  outcome: AttemptOutcome;
  /** What was sent, or asked, for each lead by its id. */
  requests: Map<string, unknown>;
};

/** Of a batch, or as many at once as `inTurns` gives. */
export type Decisions = {
  attempt?: Attempt;
  /** Requests for the same leads that Kommo had refused for their token alone. */
  before?: Attempt[];
  leads: readonly ClaimedLead[];
  decisions: Map<string, Decision>;
  /** Of a delivery: the mapping and the items it made; a look has neither. */
  published?: PublishedMapping;
  items?: Map<string, IncomingLead>;
};

/**
 * Writes the attempt and what becomes of the leads in one transaction: a crash before it leaves the leads as they were, to
 * be verified. Only leads that are still claimed under this lease change, but for those that Kommo has given ids.
 */
export async function recordDecisions(recorded: Decisions, duty: Duty): Promise<void> {
  const { db, now, epoch, sendings } = duty;
  const { attempt, before = [], leads, decisions } = recorded;
  const decided = [...decisions].flatMap(([id, decision]) =>
    decision.move === "confirm" ? [{ id, ...decision.arrival }] : [],
  );
  // One moment for all: leads that change alike change in one statement.
  const moment = now();
  const changes = Map.groupBy(
    leads.flatMap((lead) => toChange(lead, recorded, moment) ?? []),
    ({ move, columns }) => JSON.stringify([move, columns]),
  );
  await db.transaction().execute(async (tx) => {
    const sender = decided.length > 0 ? await lockLastId(tx) : undefined;
    // A database that was copied back since the look may have forgotten leads: what matches may be one of them.
    const isAnother = sender && (sender.epoch !== epoch || sendings?.isBehind(sender.sendings));
    const arrivals = decided.filter(({ isMatched }) => !isMatched || !isAnother);
    for (const made of [...before, ...(attempt ? [attempt] : [])]) await insertAttempt(made, tx);
    await confirmLeads(arrivals, now(), tx);
    await noteLastId(
      arrivals.map(({ leadId }) => leadId),
      tx,
    );
    await dropRecipients(listWithout("withoutRecipient", decisions), { now: now(), epoch }, tx);
    await dropContacts(listWithout("withoutContact", decisions), { now: now(), epoch }, tx);
    const ending = findEnding(recorded);
    if (ending) await endAttaching(ending, now(), tx);
    for (const [first, ...others] of changes.values()) {
      if (!first) continue;
      const ids = [first, ...others].map(({ id }) => id);
      await moveLeads(first.move, first.columns, tx)
        .where("id", "in", ids)
        .where("claim_epoch", "=", epoch)
        .execute();
    }
    await markRefusedRecipients(listRefusedUsers(leads, decisions), now(), tx);
  });
}

function listWithout(
  part: "withoutRecipient" | "withoutContact",
  decisions: Map<string, Decision>,
): string[] {
  return [...decisions].flatMap(([id, decision]) =>
    decision.move === "requeue" && decision[part] ? [id] : [],
  );
}

/** Whether Kommo's answer to a delivery shows that this account takes no contact by its id, or does something else with it. */
function findEnding({ leads, decisions, items }: Decisions): "refused" | "ignored" | undefined {
  if (!items) return undefined;
  for (const { id, contactId } of leads) {
    const decision = decisions.get(id);
    if (decision?.move === "requeue" && decision.withoutContact?.isNotTaken) return "refused";
    if (decision?.move !== "confirm" || typeof contactId !== "number") continue;
    // One that was merged has the contact of the lead that was there.
    if (decision.arrival.isMerged) continue;
    const there = decision.arrival.contactId;
    if (there !== null && there !== contactId) return "ignored";
  }
  return undefined;
}

function listRefusedUsers(leads: readonly ClaimedLead[], decisions: Map<string, Decision>): number[] {
  return leads.flatMap(({ id, recipient }) => {
    const decision = decisions.get(id);
    const isSure = decision?.move === "requeue" && decision.withoutRecipient?.isSure;
    return isSure && recipient.userId !== null ? [recipient.userId] : [];
  });
}

type Change = { id: string; move: Transition; columns: Parameters<typeof moveLeads>[1] };

function toChange(lead: ClaimedLead, recorded: Decisions, now: number): Change | undefined {
  const { decisions, published, items } = recorded;
  const decision = decisions.get(lead.id);
  if (!decision || decision.move === "confirm") return undefined;
  const { id } = lead;
  const limit = toBatchLimit(decision, decisions.size);
  const halved = limit !== undefined && {
    batch_limit: limit,
    failed_alone: lead.failedAlone + (decisions.size === 1 ? 1 : 0),
  };
  switch (decision.move) {
    case "reject": {
      const item = items?.get(id);
      const rejected = item && published ? toRefusedFields(decision.errors, item, published.mapping) : [];
      return {
        id,
        move: "reject",
        columns: { problem: "refused", problem_detail: JSON.stringify(rejected) },
      };
    }
    case "suspect": {
      const { dueAt, settlesAt } = decision;
      const columns = { problem: "unclear", problem_detail: null, due_at: dueAt, settles_at: settlesAt };
      return { id, move: "suspect", columns: { ...columns, ...halved } };
    }
    case "requeue": {
      const { problem, dueAt, isBackOff, isResent } = decision;
      // Only the lead's own failures make it wait longer, not those of the whole queue.
      const tries = lead.tries + (isBackOff ? 1 : 0);
      const columns = { problem, problem_detail: null, due_at: dueAt, settles_at: null, tries };
      const watched = isResent && { watch_until: now + WATCHED_MS };
      return { id, move: "requeue", columns: { ...columns, ...halved, ...watched } };
    }
    case "ask_admin":
      return { id, move: "ask_admin", columns: { problem: decision.problem, problem_detail: null } };
  }
}

async function insertAttempt({ exchange, outcome, requests }: Attempt, tx: Db): Promise<void> {
  const id = randomUUID();
  // A database that was copied back meanwhile has not got all of them.
  const known = await tx
    .selectFrom("leads")
    .select("id")
    .where("id", "in", [...requests.keys()])
    .execute();
  if (known.length === 0) return;
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
      known.map((lead) => ({
        attempt_id: id,
        lead_id: lead.id,
        request: JSON.stringify(requests.get(lead.id)),
      })),
    )
    .execute();
  if (outcome === "confirmed") {
    await tx.updateTable("sender").set({ last_success: exchange.startedAt, probes: 0 }).execute();
  }
}
