import "server-only";
import { tellTime } from "@/lib/clock";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import type { Outcome } from "@/lib/domain/lead/states";
import { AppError } from "@/lib/errors";
import { listIncomingStatusIds } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { type KommoLead, listDeletedById, listLeadsById } from "@/lib/kommo/leads";
import { isForbidden } from "@/lib/kommo/problem";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { takeSlot } from "@/lib/rate-limit/take-slot";

const AT_ONCE = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
// People sort their incoming leads within days; later it is not worth asking.
const WATCHED_MS = 30 * DAY_MS;
const YOUNG_MS = DAY_MS;

/**
 * Reads the outcome of up to 50 confirmed leads that have been waiting longest for it: every 10 minutes in their first
 * day, then every 6 hours, for 30 days (docs/kommo-api.md §2.7). Answers how many were read; when Kommo cannot be
 * asked, none.
 */
export async function readOutcomes(db: Db = getDb(), now: () => number = tellTime): Promise<number> {
  const due = await listDue(db, now());
  if (due.length === 0) return 0;

  try {
    const connection = await getConnection(db);
    await readOutcomesOf(due, { slot: () => takeSlot({ lane: "delivery", db, now }), connection }, db, now);
    return due.length;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A token may deliver leads and not read them: what is only nice to know must not stop the queue.
    if (!isForbidden(error)) await adjustToAnswer(error, undefined, db, now());
    return 0;
  }
}

async function readOutcomesOf(due: Due[], options: CallOptions, db: Db, now: () => number): Promise<void> {
  const incoming = await listIncomingStatusIds(options);
  const found = await listLeadsById(
    due.map((lead) => lead.kommoLeadId),
    options,
  );
  const missing = due.filter((lead) => !found.some(({ id }) => id === lead.kommoLeadId));
  const trash = await listDeletedById(
    missing.map((lead) => lead.kommoLeadId),
    options,
  );
  await db.transaction().execute(async (tx) => {
    for (const { id, kommoLeadId } of due) {
      const lead = found.find((candidate) => candidate.id === kommoLeadId);
      const isInTrash = trash.some((candidate) => candidate.id === kommoLeadId);
      await tx
        .updateTable("leads")
        .set({ outcome: toOutcome(lead, isInTrash, incoming), outcome_read_at: now() })
        .where("id", "=", id)
        .execute();
    }
  });
}

type Due = { id: string; kommoLeadId: number };

/** Declined and deleted read the same; a lead that is neither there nor in the trash was merged, which says nothing. */
function toOutcome(lead: KommoLead | undefined, isInTrash: boolean, incoming: number[]): Outcome | null {
  if (!lead) return isInTrash ? "declined" : null;
  return lead.status_id && incoming.includes(lead.status_id) ? "incoming" : "accepted";
}

async function listDue(db: Db, now: number): Promise<Due[]> {
  const rows = await db
    .selectFrom("leads")
    .select(["id", "kommo_lead_id as kommoLeadId"])
    .where("state", "=", "confirmed")
    .where("confirmed_at", ">", now - WATCHED_MS)
    .where((eb) => eb.or([eb("outcome", "is", null), eb("outcome", "=", "incoming")]))
    .where((eb) =>
      eb.or([
        eb("outcome_read_at", "is", null),
        eb("outcome_read_at", "<", now - 360 * MINUTE_MS),
        eb.and([eb("confirmed_at", ">", now - YOUNG_MS), eb("outcome_read_at", "<", now - 10 * MINUTE_MS)]),
      ]),
    )
    .orderBy((eb) => eb.fn.coalesce("outcome_read_at", eb.lit(0)))
    .limit(AT_ONCE)
    .execute();
  return rows.flatMap(({ id, kommoLeadId }) => (kommoLeadId === null ? [] : [{ id, kommoLeadId }]));
}
