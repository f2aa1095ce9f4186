import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";
import { toClock } from "@/lib/db/clock";
import type { ErrorCode } from "@/lib/errors";
import type { Grant } from "./find-grant";

const ID = "kommo";

/** How long one process may renew at the most: after a crash another one goes on so much later. */
export const LOCKED_MS = 45_000;

/**
 * Takes the right to renew this pair of tokens, by the clock that all processes share; undefined while it is another's, or
 * the pair is no longer the last one, or another has tried in vain since `triedAt`. An end that lies further ahead was written
 * by a clock that has been set back.
 */
export async function lockGrant(
  { refreshSealed, triedAt }: Pick<Grant, "refreshSealed" | "triedAt">,
  db: Db,
  now: number,
): Promise<string | undefined> {
  const lock = randomUUID();
  const clock = toClock(db, now);
  const { numUpdatedRows } = await db
    .updateTable("grants")
    .set((eb) => ({ renewer: lock, renewing_until: eb(clock, "+", LOCKED_MS) }))
    .where("id", "=", ID)
    .where("refresh_sealed", "=", refreshSealed)
    .where("tried_at", triedAt === null ? "is" : "=", triedAt)
    .where((eb) =>
      eb.or([
        eb("renewer", "is", null),
        eb("renewing_until", "<=", clock),
        eb("renewing_until", ">", eb(clock, "+", LOCKED_MS)),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows === 0n ? undefined : lock;
}

/** Gives the right back, and tells those who wait why nothing was renewed. */
export async function noteGrantProblem(
  lock: string,
  problem: ErrorCode,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db
    .updateTable("grants")
    .set({ renewer: null, tried_at: now, problem })
    .where("id", "=", ID)
    .where("renewer", "=", lock)
    .execute();
}
