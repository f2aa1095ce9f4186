import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { startWatch } from "@/lib/rate-limit/stopwatch";
import { setClockBack } from "./set-clock-back";

const ID = "outbox";
// A dead sender is replaced within 15 s: the lease, a round of the next one, and some seconds of slack.
const LEASE_MS = 10_000;
const RENEW_MS = 2500;
// A request that starts this shortly before the end could leave after it.
const MARGIN_MS = 1000;
// Two renewals under way at once may end in the other order.
const NOTICED_MS = 1000;

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
 * shortly before its end: a sender that was frozen finds it false.
 */
export function holdLease({ isAlive, db = getDb(), now = Date.now, holder = randomUUID() }: Holding): Lease {
  let heldFor: (() => number) | undefined;
  let seen: { ends: number; since: () => number } | undefined;

  async function renew(): Promise<void> {
    const passed = startWatch(now);
    heldFor = (await takeLease(holder, db, now(), isDead)) ? passed : undefined;
  }
  function isDead(ends: number): boolean {
    if (seen?.ends !== ends) seen = { ends, since: startWatch(now) };
    return seen.since() >= LEASE_MS;
  }
  // A failed renewal needs no word here: the lease ends by itself, and the loop tells of a database that is away.
  const timer = setInterval(() => {
    if (isAlive()) renew().catch(() => undefined);
  }, RENEW_MS);

  return {
    renew,
    isHeld: () => heldFor !== undefined && heldFor() < LEASE_MS - MARGIN_MS,
    async release() {
      clearInterval(timer);
      heldFor = undefined;
      // Not 0: the next one can tell by it that the clock was set back meanwhile.
      await db
        .updateTable("sender")
        .set({ holder: null, lease_ends: now() })
        .where("holder", "=", holder)
        .execute();
    },
  };
}

/**
 * True when the lease is the holder's from now on for 10 s; another's lease is taken only after its end (epoch ms), or
 * from the dead: those who have not renewed it for so long, whatever the clock says. As a lease is renewed all the time,
 * it also tells that the clock was set back since: what was written by it follows then.
 */
export async function takeLease(
  holder: string,
  db: Db = getDb(),
  now = Date.now(),
  isDead: (leaseEnds: number) => boolean = () => false,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const sender = tx.selectFrom("sender").select(["holder", "lease_ends"]).where("id", "=", ID);
    const lease = await lockRows(tx, sender).executeTakeFirstOrThrow();
    const isFree = lease.holder === null || lease.holder === holder || lease.lease_ends <= now;
    if (!isFree && !isDead(lease.lease_ends)) return false;

    const by = lease.lease_ends - LEASE_MS - now;
    if (by > NOTICED_MS) await setClockBack(by, tx, now);
    await tx
      .updateTable("sender")
      .set({ holder, lease_ends: now + LEASE_MS })
      .where("id", "=", ID)
      .execute();
    return true;
  });
}
