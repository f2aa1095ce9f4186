import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { readClock } from "@/lib/db/clock";
import { inTurns } from "@/lib/db/in-turns";
import {
  acceptableKinds,
  type Counts,
  type DayDifference,
  NO_LEADS,
} from "@/lib/domain/daily-proof/compare-leads";
import { AppError, type ErrorCode } from "@/lib/errors";
import { getAccountZone } from "@/lib/routing/queries";
import { PROOFS_KEPT_DAYS } from "./constants";
import { toDayBounds, toDayLater, toDayOf, toKnownZone } from "./days";
import type { copyLooks } from "./schema";

// Longer than a portion takes when Kommo is slow; who waits for leads to go first holds on meanwhile.
const HELD_MS = 5 * 60_000;
// What was compared longer ago is compared anew with the rest.
const STALE_MS = 60 * 60_000;

/** A proof that is being made, by the process that holds the right to. */
export type Making = {
  id: string;
  day: string;
  start: number;
  end: number;
  cursor: string | null;
  holder: string;
};

/**
 * The day is proven as soon as the worker comes to it; the last proof stands meanwhile. Asked for again, it is the same one,
 * and is tried at once. Throws `invalid` for a day that is not over its first moment yet, or too long ago.
 */
export async function askForProof(day: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  const zone = toKnownZone(await getAccountZone(db));
  const today = toDayOf(now, zone);
  if (day > today || day < toDayLater(today, -PROOFS_KEPT_DAYS)) throw new AppError("invalid");
  await insertAsked([day], zone, db, now);
  await db
    .updateTable("daily_proofs")
    .set({ asked_at: now, try_at: 0, problem: null })
    .where("day", "=", day)
    .where("made_at", "is", null)
    .execute();
}

/** One of a day at the most is in the making. */
export async function insertAsked(days: string[], zone: string, db: Db, now: number): Promise<void> {
  if (days.length === 0) return;
  await db
    .insertInto("daily_proofs")
    .values(days.map((day) => ({ id: randomUUID(), day, zone, asked_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Takes the right to make proofs, of which one process at a time makes one, and the next proof that is due: the one asked for
 * last, and of those the latest day. One that was begun within the hour goes on where it was left.
 */
export async function claimProof(
  holder: string,
  db: Db = getDb(),
  now = tellTime(),
  day?: string,
): Promise<Making | undefined> {
  return db.transaction().execute(async (tx) => {
    const next = await tx
      .selectFrom("daily_proofs")
      .select(["id", "day", "zone", "cursor", "begun_at"])
      .where("made_at", "is", null)
      .where("try_at", "<=", now)
      .$if(day !== undefined, (query) => query.where("day", "=", day ?? ""))
      .orderBy("asked_at", "desc")
      .orderBy("day", "desc")
      .limit(1)
      .executeTakeFirst();
    if (!next || !(await takeHold(holder, tx, now))) return undefined;
    const { id, zone, begun_at, ...proof } = next;
    const isFresh = begun_at !== null && now - begun_at < STALE_MS && begun_at <= now;
    if (!isFresh) await beginAnew(id, tx, now);
    const cursor = isFresh ? proof.cursor : null;
    return { id, day: proof.day, ...toDayBounds(proof.day, zone), cursor, holder };
  });
}

async function beginAnew(id: string, tx: Db, now: number): Promise<void> {
  await tx.deleteFrom("daily_proof_rows").where("proof_id", "=", id).execute();
  await tx
    .updateTable("daily_proofs")
    .set({ begun_at: now, cursor: null, ...NO_LEADS })
    .where("id", "=", id)
    .execute();
}

async function takeHold(holder: string, tx: Db, now: number): Promise<boolean> {
  const clock = await readClock(tx, now);
  const { numUpdatedRows } = await tx
    .updateTable("daily_proof_maker")
    .set({ holder, held_until: clock + HELD_MS })
    .where((eb) =>
      eb.or([
        eb("holder", "is", null),
        eb("held_until", "<=", clock),
        // Of a clock that was set back.
        eb("held_until", ">", clock + 2 * HELD_MS),
      ]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Throws `lease_lost` for a process that has lost the right to another. */
export async function keepHold(holder: string, db: Db, now: number): Promise<void> {
  const clock = await readClock(db, now);
  const { numUpdatedRows } = await db
    .updateTable("daily_proof_maker")
    .set({ held_until: clock + HELD_MS })
    .where("holder", "=", holder)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("lease_lost");
}

export async function releaseHold(holder: string, db: Db): Promise<void> {
  await db.updateTable("daily_proof_maker").set({ holder: null }).where("holder", "=", holder).execute();
}

type Portion = { cursor: string; counts: Counts; differences: DayDifference[] };

/** What some leads of the day come to, in one transaction with the place to go on from. */
export async function savePortion(
  { id, holder }: Making,
  { cursor, counts, differences }: Portion,
  db: Db,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await keepHold(holder, tx, now);
    await insertRows(id, differences, tx);
    await tx
      .updateTable("daily_proofs")
      .set((eb) => ({
        cursor,
        entered: eb("entered", "+", counts.entered),
        withdrawn: eb("withdrawn", "+", counts.withdrawn),
        confirmed: eb("confirmed", "+", counts.confirmed),
        found: eb("found", "+", counts.found),
        trashed: eb("trashed", "+", counts.trashed),
      }))
      .where("id", "=", id)
      .execute();
  });
}

/** A lead that was erased meanwhile gets no row. */
async function insertRows(proofId: string, differences: DayDifference[], tx: Db): Promise<void> {
  for await (const some of inTurns(differences)) {
    const ids = some.flatMap(({ leadId }) => leadId ?? []);
    const rows =
      ids.length === 0 ? [] : await tx.selectFrom("leads").select("id").where("id", "in", ids).execute();
    const known = new Set(rows.map((row) => row.id));
    const kept = some.filter(({ leadId }) => leadId === null || known.has(leadId));
    if (kept.length === 0) continue;
    await tx
      .insertInto("daily_proof_rows")
      .values(
        kept.map(({ kind, leadId, kommoLeadId, otherId }) => ({
          id: randomUUID(),
          proof_id: proofId,
          kind,
          lead_id: leadId,
          kommo_lead_id: kommoLeadId,
          other_id: otherId,
        })),
      )
      .execute();
  }
}

type Rest = { unknown: number[]; copies: (typeof copyLooks)[number] };

/** It takes the place of the day's proof before it. */
export async function finishProof(
  { id, day, holder }: Making,
  { unknown, copies }: Rest,
  db: Db,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await keepHold(holder, tx, now);
    const strangers = unknown.map((kommoLeadId): DayDifference => {
      return { kind: "unknown", leadId: null, kommoLeadId, otherId: null };
    });
    await insertRows(id, strangers, tx);
    const { rows } = await tx
      .selectFrom("daily_proof_rows")
      .select((eb) => eb.fn.countAll<number>().as("rows"))
      .where("proof_id", "=", id)
      .executeTakeFirstOrThrow();
    const former = await tx
      .selectFrom("daily_proofs")
      .select("id")
      .where("day", "=", day)
      .where("id", "<>", id)
      .execute();
    const ids = former.map((proof) => proof.id);
    await keepAccepted(ids, id, tx);
    await deleteProofs(ids, tx);
    await tx
      .updateTable("daily_proofs")
      .set({ made_at: now, copies, problem: null, differences: Number(rows) })
      .where("id", "=", id)
      .execute();
  });
}

/** What a person has called right in the proof before is right in the new one. */
async function keepAccepted(formerIds: string[], id: string, tx: Db): Promise<void> {
  if (formerIds.length === 0) return;
  const accepted = await tx
    .selectFrom("daily_proof_rows")
    .select(["kind", "lead_id", "kommo_lead_id", "accepted_at", "accepted_by"])
    .where("proof_id", "in", formerIds)
    .where("accepted_at", "is not", null)
    .execute();
  for (const { kind, lead_id, kommo_lead_id, ...columns } of accepted) {
    await tx
      .updateTable("daily_proof_rows")
      .set(columns)
      .where("proof_id", "=", id)
      .where("kind", "=", kind)
      .where("lead_id", lead_id === null ? "is" : "=", lead_id)
      .where("kommo_lead_id", kommo_lead_id === null ? "is" : "=", kommo_lead_id)
      .execute();
  }
}

/** A person says that it is right as it is. Throws `changed_meanwhile` where the proof was made anew since. */
export async function acceptDifference(
  rowId: string,
  personId: string,
  db: Db = getDb(),
  now = tellTime(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable("daily_proof_rows")
      .set({ accepted_at: now, accepted_by: personId })
      .where("id", "=", rowId)
      .where("kind", "in", acceptableKinds)
      .where("accepted_at", "is", null)
      .returning(["lead_id", "kommo_lead_id"])
      .executeTakeFirst();
    if (!row) throw new AppError("changed_meanwhile");
    await writeAudit(
      {
        person_id: personId,
        action: "difference_accepted",
        ...(row.lead_id !== null && { lead_id: row.lead_id }),
        detail: { kommoLeadId: row.kommo_lead_id },
      },
      tx,
      now,
    );
  });
}

/** What was compared so far stays. `tryAt`: when it goes on (epoch ms). */
export async function noteProofProblem(
  { id }: Making,
  problem: ErrorCode | "bug",
  tryAt: number,
  db: Db,
): Promise<void> {
  await db.updateTable("daily_proofs").set({ problem, try_at: tryAt }).where("id", "=", id).execute();
}

/** Proofs of days that are longer ago than they are kept. */
export async function pruneProofs(db: Db = getDb(), now = tellTime()): Promise<void> {
  const first = toDayLater(toDayOf(now, "UTC"), -PROOFS_KEPT_DAYS);
  const old = await db.selectFrom("daily_proofs").select("id").where("day", "<", first).limit(100).execute();
  if (old.length === 0) return;
  await db.transaction().execute((tx) =>
    deleteProofs(
      old.map(({ id }) => id),
      tx,
    ),
  );
}

async function deleteProofs(ids: string[], tx: Db): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("daily_proof_rows").where("proof_id", "in", ids).execute();
  await tx.deleteFrom("daily_proofs").where("id", "in", ids).execute();
}
