import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { acceptableKinds } from "@/lib/domain/daily-proof/compare-leads";
import { AppError } from "@/lib/errors";
import { getAccountZone } from "@/lib/routing/queries";
import { PROOFS_KEPT_DAYS } from "./constants";
import { toDayLater, toDayOf } from "./days";
import { findFirstProvable } from "./first-provable";
import { deleteProofs } from "./making";

/**
 * The day is proven as soon as the worker comes to it; the last proof stands meanwhile. Asked for again, it is the same one,
 * and is tried at once. Throws `invalid` for a day that has not begun, is too long ago, or has lost leads to the retention
 * period.
 */
export async function askForProof(day: string, db: Db = getDb(), now = tellTime()): Promise<void> {
  const zone = await getAccountZone(db);
  const first = await findFirstProvable(zone, db, now);
  if (day > toDayOf(now, zone) || day < first) throw new AppError("invalid");
  await insertAsked([day], zone, db, now);
  await db
    .updateTable("daily_proofs")
    .set({ asked_at: now, try_at: 0, failures: 0, problem: null })
    .where("day", "=", day)
    .where("made_at", "is", null)
    .execute();
}

/**
 * One of a day at the most is in the making. A day that was proven keeps the zone of that proof: in another one its hours would
 * be counted twice, or not at all.
 */
export async function insertAsked(days: string[], zone: string, db: Db, now: number): Promise<void> {
  if (days.length === 0) return;
  const known = await db
    .selectFrom("daily_proofs")
    .select(["day", "zone"])
    .where("day", "in", days)
    .execute();
  const zones = new Map(known.map((proof) => [proof.day, proof.zone]));
  await db
    .insertInto("daily_proofs")
    .values(days.map((day) => ({ id: randomUUID(), day, zone: zones.get(day) ?? zone, asked_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
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

/**
 * Deletes proofs of days that are longer ago than they are kept, and what was asked for of days that have lost leads to the
 * retention period since.
 */
export async function pruneProofs(db: Db = getDb(), now = tellTime()): Promise<void> {
  const firstProvable = await findFirstProvable(await getAccountZone(db), db, now);
  const first = toDayLater(toDayOf(now, "UTC"), -PROOFS_KEPT_DAYS);
  const old = await db
    .selectFrom("daily_proofs")
    .select("id")
    .where((eb) =>
      eb.or([eb("day", "<", first), eb.and([eb("made_at", "is", null), eb("day", "<", firstProvable)])]),
    )
    .limit(100)
    .execute();
  if (old.length === 0) return;
  await db.transaction().execute((tx) =>
    deleteProofs(
      old.map(({ id }) => id),
      tx,
    ),
  );
}
