import "server-only";
import type { ExpressionBuilder } from "kysely";
import type { Db } from "@/lib/db/client";
import { readClock } from "@/lib/db/clock";
import type { Tables } from "@/lib/db/tables";
import { AppError } from "@/lib/errors";

// Longer than a portion takes when Kommo is slow; who waits for leads to go first renews it meanwhile.
const LEASE_MS = 5 * 60_000;

/** Of the right to make proofs, which one process at a time has. */
function toFree(clock: number) {
  return (eb: ExpressionBuilder<Tables, "daily_proof_maker">) =>
    eb.or([
      eb("holder", "is", null),
      eb("lease_ends", "<=", clock),
      // Of a clock that was set back.
      eb("lease_ends", ">", clock + 2 * LEASE_MS),
    ]);
}

export async function isMakerFree(db: Db, now: number): Promise<boolean> {
  const clock = await readClock(db, now);
  const free = await db.selectFrom("daily_proof_maker").select("id").where(toFree(clock)).executeTakeFirst();
  return free !== undefined;
}

export async function takeMakerLease(holder: string, tx: Db, now: number): Promise<boolean> {
  const clock = await readClock(tx, now);
  const { numUpdatedRows } = await tx
    .updateTable("daily_proof_maker")
    .set({ holder, lease_ends: clock + LEASE_MS })
    .where(toFree(clock))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Throws `lease_lost` for a process that has lost the right to another. */
export async function renewMakerLease(holder: string, db: Db, now: number): Promise<void> {
  const clock = await readClock(db, now);
  const { numUpdatedRows } = await db
    .updateTable("daily_proof_maker")
    .set({ lease_ends: clock + LEASE_MS })
    .where("holder", "=", holder)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("lease_lost");
}

export async function releaseMakerLease(holder: string, db: Db): Promise<void> {
  await db.updateTable("daily_proof_maker").set({ holder: null }).where("holder", "=", holder).execute();
}
