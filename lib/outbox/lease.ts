import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";

const ID = "outbox";
// A dead sender is replaced within 15 s: the lease, a round of the next one, and some seconds of slack.
const LEASE_MS = 10_000;
const RENEW_MS = 2500;
// A request that starts this shortly before the end could leave after it.
const MARGIN_MS = 1000;

export type Lease = { isHeld(): boolean; renew(): Promise<void>; release(): Promise<void> };

type Holding = {
  /** Asked before each renewal: a loop that hangs loses the lease, and another process takes over. */
  isAlive: () => boolean;
  db?: Db;
  now?: () => number;
  holder?: string;
};

/**
 * Tries for the lease of the one sender of a database every 2.5 s, until released. `isHeld` is true from a renewal until
 * shortly before its end, by the clock: a sender that was frozen finds it false.
 */
export function holdLease({ isAlive, db = getDb(), now = Date.now, holder = randomUUID() }: Holding): Lease {
  let heldUntil = 0;

  async function renew(): Promise<void> {
    const asked = now();
    heldUntil = (await takeLease(holder, db, asked)) ? asked + LEASE_MS - MARGIN_MS : 0;
  }
  // A failed renewal needs no word here: the lease ends by itself, and the loop tells of a database that is away.
  const timer = setInterval(() => {
    if (isAlive()) renew().catch(() => undefined);
  }, RENEW_MS);

  return {
    renew,
    isHeld: () => now() < heldUntil,
    async release() {
      clearInterval(timer);
      heldUntil = 0;
      await db
        .updateTable("sender")
        .set({ holder: null, lease_ends: 0 })
        .where("holder", "=", holder)
        .execute();
    },
  };
}

/** True when the lease is the holder's from now on for 10 s; another's lease is taken only after its end (epoch ms). */
export async function takeLease(holder: string, db: Db = getDb(), now = Date.now()): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("sender")
    .set({ holder, lease_ends: now + LEASE_MS })
    .where("id", "=", ID)
    .where((eb) =>
      eb.or([
        eb("holder", "=", holder),
        eb("lease_ends", "<=", now),
        // Written by a clock that has been set back since.
        eb("lease_ends", ">", now + 2 * LEASE_MS),
      ]),
    )
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
