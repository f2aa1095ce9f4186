import "server-only";
import { type ExpressionBuilder, type Selectable, sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import type { LeadsTable, Tables } from "@/lib/db/tables";
import { inChunks } from "@/lib/domain/in-chunks";
import { outcomes } from "@/lib/domain/lead/states";
import { isGone, type KnownOutcome } from "@/lib/domain/outcome/known-outcome";
import type { LookContext } from "./look-context";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const IDS_PER_QUERY = 500;
const TURN_OF_OLD = 5;

/** What an event has made urgent. */
export const AT_ONCE = 0;

const columns = [
  "id",
  "state",
  "kommo_lead_id",
  "confirmed_at",
  "outcome",
  "outcome_at",
  "pipeline_id",
  "stage_id",
  "accepted_at",
  "accepted_by",
  "closed_at",
  "loss_reason",
  "merged_into",
  "look_at",
] as const;

/** A lead of ours with what is known of it; `kommoId` is its id there. */
export type LeadKnown = {
  id: string;
  kommoId: number;
  confirmedAt: number;
  known: KnownOutcome;
  lookAt: number | null;
};

/** Whether there is anything to look at: a new desk asks nothing, and is not told that it has no connection. */
export async function hasLeadsThere(db: Db): Promise<boolean> {
  const lead = db.selectFrom("leads").select("id").where("kommo_lead_id", "is not", null).limit(1);
  return (await lead.executeTakeFirst()) !== undefined;
}

/** Ours among these leads of Kommo; the others are nobody's business. */
export async function listOurs(kommoIds: readonly number[], db: Db): Promise<LeadKnown[]> {
  const found: LeadKnown[] = [];
  for (const some of inChunks([...kommoIds], IDS_PER_QUERY)) {
    const rows = await db.selectFrom("leads").select(columns).where("kommo_lead_id", "in", some).execute();
    // SQLite would take the state for the rarer of the two, and read every confirmed lead.
    found.push(...rows.filter(({ state }) => state === "confirmed").flatMap(toKnownLead));
  }
  return found;
}

/**
 * Those whose time to be read by their ids has come: first what an event has made urgent, then the newest. Every fifth minute the
 * longest overdue are read instead, so that none waits for ever. A time beyond all intervals is of a clock that has been set back.
 */
export async function listToRead(
  now: number,
  { most, isUrgentOnly }: { most: number; isUrgentOnly: boolean },
  db: Db,
): Promise<LeadKnown[]> {
  const isTurnOfOld = Math.floor(now / MINUTE_MS) % TURN_OF_OLD === 0;
  const isDue = (eb: ExpressionBuilder<Tables, "leads">) =>
    eb.or([eb("look_at", "<=", now), eb("look_at", ">", now + 2 * DAY_MS)]);
  const rows = await db
    .selectFrom("leads")
    .select(columns)
    .where(isUrgentOnly ? (eb) => eb("look_at", "=", AT_ONCE) : isDue)
    .where("state", "=", "confirmed")
    .orderBy(sql`case when look_at = ${sql.lit(AT_ONCE)} then 0 else 1 end`)
    .orderBy(isTurnOfOld ? "look_at" : "confirmed_at", isTurnOfOld ? "asc" : "desc")
    .limit(most)
    .execute();
  return rows.flatMap(toKnownLead);
}

/** In portions, as there may be any number: every lead that is ever to be read again is due now. */
export async function lookAtAllOpen(now: number, db: Db): Promise<void> {
  const later = await db.selectFrom("leads").select("id").where("look_at", ">", now).execute();
  for await (const some of inTurns(
    later.map(({ id }) => id),
    IDS_PER_QUERY,
  ))
    await db.updateTable("leads").set({ look_at: now }).where("id", "in", some).execute();
}

/** What of it comes true at the next look is not lost when the lead is erased meanwhile: then nothing is written. */
export async function saveKnown(
  { id, kommoId }: LeadKnown,
  known: KnownOutcome,
  more: { look_at: number | null; outcome_read_at?: number },
  db: Db,
): Promise<void> {
  await db
    .updateTable("leads")
    .set({
      outcome: known.outcome,
      outcome_at: known.at,
      pipeline_id: known.stage?.pipelineId ?? null,
      stage_id: known.stage?.stageId ?? null,
      accepted_at: known.acceptedAt,
      accepted_by: known.acceptedBy,
      closed_at: known.closedAt,
      loss_reason: known.lossReason,
      merged_into: known.mergedInto,
      ...more,
    })
    .where("id", "=", id)
    .where("kommo_lead_id", "=", kommoId)
    .execute();
}

/**
 * When a lead is read by its id again, as an event may be lost, or Kommo may write none: incoming leads soon, others every day,
 * and what is gone for as long as it may be restored. Null is never. Ages are by Kommo's clock.
 */
export function toNextLook(
  known: KnownOutcome,
  confirmedAt: number,
  { now, kommoNow }: Pick<LookContext, "now" | "kommoNow">,
): number | null {
  const { outcome } = known;
  const age = kommoNow - confirmedAt;
  if (isGone(known)) return kommoNow - Math.max(known.at, confirmedAt) < 30 * DAY_MS ? now + DAY_MS : null;
  if (outcome === "won" || outcome === "lost") return age < 60 * DAY_MS ? now + DAY_MS : null;
  if (age >= 180 * DAY_MS) return null;
  if (outcome === "accepted" || age >= 30 * DAY_MS) return now + DAY_MS;
  return now + (age < DAY_MS ? 10 * MINUTE_MS : 6 * HOUR_MS);
}

type Row = Pick<Selectable<LeadsTable>, (typeof columns)[number]>;

function toKnownLead(row: Row): LeadKnown[] {
  const { id, kommo_lead_id, confirmed_at, pipeline_id, stage_id } = row;
  if (kommo_lead_id === null) return [];
  const isPlaced = pipeline_id !== null && stage_id !== null;
  const known = {
    outcome: outcomes.find((outcome) => outcome === row.outcome) ?? null,
    at: row.outcome_at ?? 0,
    stage: isPlaced ? { pipelineId: pipeline_id, stageId: stage_id } : null,
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
    closedAt: row.closed_at,
    lossReason: row.loss_reason,
    mergedInto: row.merged_into,
  };
  return [{ id, kommoId: kommo_lead_id, confirmedAt: confirmed_at ?? 0, known, lookAt: row.look_at }];
}
