import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { readClock } from "@/lib/db/clock";
import type { SendingsFile } from "@/lib/delivery/duty";
import { verifyIfBehind } from "@/lib/delivery/restore/after-restore";
import { drawEpoch } from "@/lib/delivery/restore/epoch";
import { sweepOtherEpochs } from "@/lib/delivery/sweep";
import { startWatch } from "@/lib/rate-limit/stopwatch";
import { setClockAhead } from "./set-clock-ahead";
import { setClockBack } from "./set-clock-back";

const ID = "outbox";
// A dead sender is replaced within 15 s: the lease, a round of the next one, and some seconds of slack.
const LEASE_MS = 10_000;
const RENEW_MS = 2500;
// A request that starts this shortly before the end could leave after it.
const MARGIN_MS = 1000;
const LATE_MS = 6 * 60_000;
// By less a clock is set right all the time.
const NOTICED_MS = 1000;
// A database that answers late makes a renewal later than it was begun.
const NOTICED_AHEAD_MS = 15_000;

export type Lease = {
  isHeld(): boolean;
  /** Another one with every take-over; 0 before the first. */
  epoch(): number;
  /** Milliseconds that desks have been running on this database. */
  uptime(): number;
  renew(): Promise<void>;
  release(): Promise<void>;
};

type Holding = {
  /** Asked before each renewal: a loop that hangs loses the lease, and another process takes over. */
  isAlive: () => boolean;
  db?: Db;
  now?: () => number;
  /** Milliseconds by a clock that only goes forward. */
  steady?: () => number;
  holder?: string;
  lateMs?: number;
  /** Compared at each renewal, as a database may be copied back while the desk runs. */
  sendings?: SendingsFile;
};

type Held = { epoch: number; uptimeMs: number; clock: number; passed: () => number };

/**
 * Tries for the lease of the one sender of a database every 2.5 s, until released. `isHeld` is true from a renewal until
 * shortly before its end: a sender that was frozen finds it false.
 */
export function holdLease({
  isAlive,
  db = getDb(),
  now,
  steady = () => performance.now(),
  holder = randomUUID(),
  lateMs,
  sendings,
}: Holding): Lease {
  const steadyMs = () => Math.floor(steady());
  const startLeaseWatch = () => startWatch(now ?? Date.now, steady);
  let held: Held | undefined;
  let last: Held | undefined;
  let seen: { ends: number; since: () => number } | undefined;
  let renewing: Promise<void> | undefined;

  /** One at a time: those that come while a slow database answers would only wait for each other's lock. */
  function renew(): Promise<void> {
    renewing ??= renewNow().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }
  async function renewNow(): Promise<void> {
    if (sendings) await verifyIfBehind(sendings, db, now?.());
    const passed = startLeaseWatch();
    const clock = steadyMs();
    const ran = held && { epoch: held.epoch, uptimeMs: held.uptimeMs + clock - held.clock };
    const taken = await takeLease({ holder, ran, lateMs, isDead }, db, now?.());
    held = taken && { ...taken, clock, passed };
    last = held ?? last;
  }
  function isDead(ends: number): boolean {
    if (seen?.ends !== ends) seen = { ends, since: startLeaseWatch() };
    return seen.since() >= LEASE_MS;
  }
  // A failed renewal needs no word here: the lease ends by itself, and the loop tells of a database that is away.
  const timer = setInterval(() => {
    if (isAlive()) renew().catch(() => undefined);
  }, RENEW_MS);

  return {
    renew,
    isHeld: () => held !== undefined && held.passed() < LEASE_MS - MARGIN_MS,
    epoch: () => last?.epoch ?? 0,
    uptime: () => (last ? last.uptimeMs + steadyMs() - last.clock : 0),
    async release() {
      clearInterval(timer);
      // It would take the lease again.
      await renewing?.catch(() => undefined);
      held = undefined;
      // Not 0: the next one can tell by it that the clock was set back meanwhile.
      await db
        .updateTable("sender")
        .set({ holder: null, lease_ends: await readClock(db, now?.()) })
        .where("holder", "=", holder)
        .execute();
    },
  };
}

type Wanted = {
  holder: string;
  /** The uptime by now, as the holder counts it since the last answer that it got, under the epoch of then. */
  ran?: { epoch: number; uptimeMs: number };
  /** How long what the holder before has sent may still arrive in Kommo. */
  lateMs?: number;
  /** Whether the holder of a lease with this end (epoch ms) has not renewed it for its whole length. */
  isDead?: (leaseEnds: number) => boolean;
};

/**
 * Makes the lease the holder's from now on for 10 s, by the clock that all processes share; another's lease is taken only
 * after its end, or from the dead. A new holder gets a new epoch, and what was *sending* under another one becomes
 * unconfirmed. As a lease is renewed all the time, it also tells that the clock was set back or ahead since: what was written
 * by it follows then. Answers undefined while it is another's.
 */
export async function takeLease(
  { holder, ran, lateMs = LATE_MS, isDead = () => false }: Wanted,
  db: Db = getDb(),
  now?: number,
): Promise<{ epoch: number; uptimeMs: number } | undefined> {
  return db.transaction().execute(async (tx) => {
    const columns = ["holder", "lease_ends", "epoch", "uptime_ms"] as const;
    const sender = tx.selectFrom("sender").select(columns).where("id", "=", ID);
    const lease = await lockRows(tx, sender).executeTakeFirstOrThrow();
    const clock = await readClock(tx, now);
    const isFree = lease.holder === null || lease.holder === holder || lease.lease_ends <= clock;
    if (!isFree && !isDead(lease.lease_ends)) return undefined;

    const sinceLast = clock - (lease.lease_ends - LEASE_MS);
    if (sinceLast < -NOTICED_MS) await setClockBack(-sinceLast, tx, clock);
    const isNew = lease.holder !== holder;
    const epoch = isNew ? drawEpoch() : lease.epoch;
    // No sum: the answer to a renewal may be lost after its commit, and the next one must not count that time again.
    const uptimeMs = ran?.epoch === epoch ? Math.max(lease.uptime_ms, ran.uptimeMs) : lease.uptime_ms;
    const aheadMs = ran?.epoch === epoch ? sinceLast - (uptimeMs - lease.uptime_ms) : 0;
    if (aheadMs > NOTICED_AHEAD_MS) await setClockAhead(aheadMs, tx);
    await tx
      .updateTable("sender")
      .set({ holder, lease_ends: clock + LEASE_MS, epoch, uptime_ms: uptimeMs })
      .where("id", "=", ID)
      .execute();
    if (isNew) await sweepOtherEpochs(epoch, tx, clock, uptimeMs + lateMs);
    return { epoch, uptimeMs };
  });
}
