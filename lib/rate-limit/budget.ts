import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { showProgress } from "@/lib/heartbeat";
import type { Slot } from "@/lib/kommo/client";
import { startWatch } from "@/lib/stopwatch";
import {
  type Budget,
  giveBack,
  isCrowded,
  NEAR_MS,
  nextForPerson,
  nextStart,
  nextYielding,
  setBack,
  settle,
  without,
} from "./next-start";

const ID = "kommo";
const FIRST_GAP_MS = 500;
const LONGEST_GAP_MS = 60_000;

// A process that was frozen, or is short of a processor, comes late to its slot; by then it is another's.
const LATE_MS = 25;
// Who waits for longer asks so often whether the place is still theirs.
const LOOK_AGAIN_MS = 1000;
// A connection takes some round trips, more on a bad line; what has not left by then was frozen.
const OVER_MS = 2000;
// Who comes late because the database is slow asks for a later place next time, and for room behind it.
const MOST_AHEAD_MS = 5000;
const MOST_SPARE_MS = 1000;

const columns = ["starts", "yielding", "gap_ms", "closed_until"] as const;
const timesSchema = z.array(z.number());

export type Waiting = {
  /** Somebody waits at the keyboard: before deliveries that wait, each of which gives up its place once. */
  isPerson?: boolean;
  /** Ends the waiting; no request is used up. Rejects as timers do. */
  signal?: AbortSignal;
};

/**
 * Resolves when the next request to Kommo may start: one budget for all processes on the database, of at most 6
 * requests in any second, one below the limit of docs/kommo-api.md §8.
 */
export async function takeSlot(
  db: Db = getDb(),
  now: () => number = Date.now,
  { isPerson = false, signal }: Waiting = {},
): Promise<Slot> {
  let take: typeof nextStart = isPerson ? nextForPerson : nextYielding;
  let [ahead, spare] = [0, 0];
  for (;;) {
    signal?.throwIfAborted();
    showLife();
    const place = await changeBudget(db, (budget) => ({
      asked: now(),
      passed: startWatch(now),
      ...take(budget, now() + ahead, spare),
    }));
    ahead = Math.min(MOST_AHEAD_MS, 2 * place.passed());
    const isKept = await reach(place, take === nextYielding).catch(async (aborted: unknown) => {
      await leave(place);
      throw aborted;
    });
    const late = -toStart(place);
    if (isKept && late <= LATE_MS + place.spare) return toSlot(place);

    if (isKept) {
      await leave(place);
      spare = Math.min(MOST_SPARE_MS, 2 * late);
    }
    take = isPerson ? nextForPerson : nextStart;
  }

  /** Waits for the place; false when it has gone to a person, into a silence, or with a clock that was set back. */
  async function reach(place: Place, isYielding: boolean): Promise<boolean> {
    let isNear = place.start - place.asked <= NEAR_MS;
    while (!isNear) {
      await wait(Math.min(LOOK_AGAIN_MS, Math.max(0, toStart(place) - NEAR_MS)), undefined, { signal });
      showLife();
      isNear = toStart(place) <= NEAR_MS;
      const { isKept } = await changeBudget(db, (budget) => keep(budget, place, { isYielding, isNear }));
      if (!isKept) return false;
    }
    await wait(Math.max(0, toStart(place)), undefined, { signal });
    return true;
  }

  /** Who is not at the keyboard is the loop, and to wait for a slot is not to hang. */
  function showLife(): void {
    if (!isPerson) showProgress();
  }

  async function leave(place: Place): Promise<void> {
    await changeBudget(db, (budget) => ({ budget: giveBack(budget, place) }));
  }

  function toSlot(place: Place): Slot {
    const passed = startWatch(now);
    return {
      isOver: () => passed() > OVER_MS,
      async end() {
        const answered = now();
        await changeBudget(db, (budget) => ({ budget: settle(budget, place, answered) }));
      },
    };
  }
}

/**
 * When it was asked for and what has passed since, when its request may start (epoch ms), how much later it may leave, and
 * when it counts as arrived.
 */
type Place = { asked: number; passed: () => number; start: number; spare: number; arrival: number };

/** Milliseconds, below 0 for who is late. */
function toStart({ start, asked, passed }: Place): number {
  return start - asked - passed();
}

function keep(
  budget: Budget,
  place: Place,
  { isYielding, isNear }: { isYielding: boolean; isNear: boolean },
) {
  const { start, arrival } = place;
  const isTaken = isYielding && !budget.yielding.includes(start);
  if (isTaken || !budget.arrivals.includes(arrival)) return { isKept: false, budget };
  if (budget.closedUntil > start || isCrowded(budget, place)) {
    return { isKept: false, budget: giveBack(budget, place) };
  }
  return { isKept: true, budget: isNear ? { ...budget, yielding: without(budget.yielding, start) } : budget };
}

/** How many requests to Kommo started since then (epoch ms, a minute ago at the most), by all processes. */
export async function countRequests(since: number, db: Db = getDb()): Promise<number> {
  const row = await db.selectFrom("budget").select(columns).where("id", "=", ID).executeTakeFirstOrThrow();
  return toBudget(row).arrivals.filter((at) => at > since).length;
}

/** Milliseconds until the next request may start, without taking the slot. */
export async function findPause(db: Db = getDb(), now = Date.now()): Promise<number> {
  const row = await db.selectFrom("budget").select(columns).where("id", "=", ID).executeTakeFirstOrThrow();
  return nextStart(toBudget(row), now).start - now;
}

/** After a 429: silence for as long as Kommo asks (seconds), then twice the gap between two requests, up to a minute. */
export async function slowDown(retryAfterSeconds: number, db: Db = getDb(), now = Date.now()): Promise<void> {
  await changeBudget(db, (budget) => ({
    budget: {
      ...budget,
      gapMs: Math.min(LONGEST_GAP_MS, Math.max(FIRST_GAP_MS, budget.gapMs * 2)),
      closedUntil: Math.max(budget.closedUntil, now + retryAfterSeconds * 1000),
    },
  }));
}

/** After the clock was set back by so many ms. */
export async function setBudgetBack(by: number, tx: Db, now: number): Promise<void> {
  await changeWithin(tx, (budget) => ({ budget: setBack(budget, now, by) }));
}

/** After a success: half the gap, until there is none. */
export async function speedUp(db: Db = getDb()): Promise<void> {
  await db
    .updateTable("budget")
    .set((eb) => ({
      gap_ms: eb
        .case()
        .when("gap_ms", "<=", FIRST_GAP_MS)
        .then(0)
        .else(eb("gap_ms", "/", 2))
        .end(),
    }))
    .where("gap_ms", ">", 0)
    .execute();
}

function changeBudget<T extends { budget: Budget }>(db: Db, change: (budget: Budget) => T): Promise<T> {
  return db.transaction().execute((tx) => changeWithin(tx, change));
}

async function changeWithin<T extends { budget: Budget }>(tx: Db, change: (budget: Budget) => T): Promise<T> {
  const row = await lockRows(
    tx,
    tx.selectFrom("budget").select(columns).where("id", "=", ID),
  ).executeTakeFirstOrThrow();
  const changed = change(toBudget(row));
  await tx.updateTable("budget").set(toRow(changed.budget)).where("id", "=", ID).execute();
  return changed;
}

function toBudget(row: { starts: string; yielding: string; gap_ms: number; closed_until: number }): Budget {
  const [arrivals, yielding] = [row.starts, row.yielding].map((text) => timesSchema.parse(JSON.parse(text)));
  return {
    arrivals: arrivals ?? [],
    yielding: yielding ?? [],
    gapMs: row.gap_ms,
    closedUntil: row.closed_until,
  };
}

function toRow({ arrivals, yielding, gapMs, closedUntil }: Budget) {
  return {
    starts: JSON.stringify(arrivals),
    yielding: JSON.stringify(yielding),
    gap_ms: Math.round(gapMs),
    closed_until: closedUntil,
  };
}
