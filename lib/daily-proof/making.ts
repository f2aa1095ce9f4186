import "server-only";
import { randomUUID } from "node:crypto";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { type Counts, type DayDifference, NO_LEADS } from "@/lib/domain/daily-proof/compare-leads";
import type { ErrorCode } from "@/lib/errors";
import { MOST_FAILURES } from "./constants";
import { toDayBounds, toDayLater } from "./days";
import { renewMakerLease, takeMakerLease } from "./maker-lease";
import type { copyLooks } from "./schema";

// What was compared longer ago is compared anew with the rest.
const STALE_MS = 60 * 60_000;
const TRY_AGAIN_MS = 15 * 60_000;
const LONGEST_PAUSE_MS = 6 * 60 * 60_000;

/** A proof that is being made, by the process that holds the right to. */
export type Making = {
  id: string;
  day: string;
  start: number;
  end: number;
  cursor: string | null;
  holder: string;
};

/** Those that a process may go on with now. */
export function listToMake(db: Db, now: number) {
  return db
    .selectFrom("daily_proofs")
    .where("made_at", "is", null)
    .where("failures", "<", MOST_FAILURES)
    .where("try_at", "<=", now);
}

/**
 * Takes the right to make proofs, of which one process at a time makes one, and the next proof that is due: the one asked for
 * last, and of those the latest day. One that went on within the hour goes on where it was left.
 */
export async function claimProof(
  holder: string,
  db: Db = getDb(),
  now = tellTime(),
  day?: string,
): Promise<Making | undefined> {
  return db.transaction().execute(async (tx) => {
    const next = await listToMake(tx, now)
      .select(["id", "day", "zone", "cursor", "went_on_at"])
      .$if(day !== undefined, (query) => query.where("day", "=", day ?? ""))
      .orderBy("asked_at", "desc")
      .orderBy("day", "desc")
      .limit(1)
      .executeTakeFirst();
    if (!next || !(await takeMakerLease(holder, tx, now))) return undefined;
    const { id, went_on_at, ...proof } = next;
    const isFresh = went_on_at !== null && now - went_on_at < STALE_MS && went_on_at <= now;
    if (!isFresh) await beginAnew(id, tx, now);
    const cursor = isFresh ? proof.cursor : null;
    return { id, day: proof.day, ...(await findBounds(proof, tx)), cursor, holder };
  });
}

/** A day begins where the one before has ended, also after Kommo's zone was changed. */
async function findBounds({ day, zone }: { day: string; zone: string }, tx: Db) {
  const own = toDayBounds(day, zone);
  const before = await tx
    .selectFrom("daily_proofs")
    .select(["day", "zone"])
    .where("day", "=", toDayLater(day, -1))
    .limit(1)
    .executeTakeFirst();
  return before ? { ...own, start: Math.min(toDayBounds(before.day, before.zone).end, own.end) } : own;
}

async function beginAnew(id: string, tx: Db, now: number): Promise<void> {
  await tx.deleteFrom("daily_proof_rows").where("proof_id", "=", id).execute();
  await tx
    .updateTable("daily_proofs")
    .set({ went_on_at: now, cursor: null, ...NO_LEADS })
    .where("id", "=", id)
    .execute();
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
    await renewMakerLease(holder, tx, now);
    await insertRows(id, differences, tx);
    await tx
      .updateTable("daily_proofs")
      .set((eb) => ({
        cursor,
        went_on_at: now,
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

type Ending = { unknown: number[]; copies: (typeof copyLooks)[number] };

/** It takes the place of the day's proof before it. */
export async function finishProof(
  { id, day, holder }: Making,
  { unknown, copies }: Ending,
  db: Db,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await renewMakerLease(holder, tx, now);
    const asked = await tx.selectFrom("daily_proofs").select("id").where("id", "=", id).executeTakeFirst();
    // Its day has lost leads to the retention period meanwhile: the proof before it stays.
    if (!asked) return;
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

/** What a person has marked as OK in the proof before is OK in the new one. */
async function keepAccepted(formerIds: string[], id: string, tx: Db): Promise<void> {
  if (formerIds.length === 0) return;
  // Rows of our leads are found by the index of that column; those of strangers, which have none, by Kommo's id.
  for (const key of ["lead_id", "kommo_lead_id"] as const) {
    await tx
      .updateTable("daily_proof_rows")
      .from("daily_proof_rows as former")
      .set((eb) => ({ accepted_at: eb.ref("former.accepted_at"), accepted_by: eb.ref("former.accepted_by") }))
      .where("daily_proof_rows.proof_id", "=", id)
      .where("former.proof_id", "in", formerIds)
      .where("former.accepted_at", "is not", null)
      .where("daily_proof_rows.lead_id", key === "lead_id" ? "is not" : "is", null)
      .whereRef("former.kind", "=", "daily_proof_rows.kind")
      .whereRef(`former.${key}`, "=", `daily_proof_rows.${key}`)
      .where((eb) =>
        eb.and(
          (["lead_id", "kommo_lead_id", "other_id"] as const).map((column) =>
            eb(`former.${column}`, "is not distinct from", eb.ref(`daily_proof_rows.${column}`)),
          ),
        ),
      )
      .execute();
  }
}

/**
 * What was compared so far stays. It is tried again after a pause that doubles each time, up to six hours, and after
 * `MOST_FAILURES` tries only when somebody asks for it.
 */
export async function noteProofProblem(
  { id }: Making,
  problem: ErrorCode | "bug",
  db: Db,
  now: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const asked = await tx
      .selectFrom("daily_proofs")
      .select("failures")
      .where("id", "=", id)
      .executeTakeFirst();
    if (!asked) return;
    const { failures } = asked;
    const pauseMs = Math.min(TRY_AGAIN_MS * 2 ** failures, LONGEST_PAUSE_MS);
    await tx
      .updateTable("daily_proofs")
      .set({ problem, try_at: now + pauseMs, failures: failures + 1 })
      .where("id", "=", id)
      .execute();
  });
}

export async function deleteProofs(ids: string[], tx: Db): Promise<void> {
  if (ids.length === 0) return;
  await tx.deleteFrom("daily_proof_rows").where("proof_id", "in", ids).execute();
  await tx.deleteFrom("daily_proofs").where("id", "in", ids).execute();
}
