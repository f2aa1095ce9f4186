import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Db, getDb, lockRows } from "@/lib/db/client";
import { type Budget, nextStart } from "./next-start";

const ID = "kommo";
const FIRST_GAP_MS = 500;
const LONGEST_GAP_MS = 60_000;

// A process that was frozen, or is short of a processor, comes late to its turn; by then it is another's.
const LATE_MS = 25;

const startsSchema = z.array(z.number());

/**
 * Resolves when the next request to Kommo may start: one budget for all processes on the database, of at most 6
 * requests in any second (product.md §4).
 */
export async function takeTurn(db: Db = getDb(), now: () => number = Date.now): Promise<void> {
  for (;;) {
    const start = await changeBudget(db, (budget) => nextStart(budget, now()));
    await wait(Math.max(0, start - now()));
    if (now() - start <= LATE_MS) return;
  }
}

/** How many requests to Kommo started since then (epoch ms, a minute ago at the most), by all processes. */
export async function countRequests(since: number, db: Db = getDb()): Promise<number> {
  const row = await db.selectFrom("budget").selectAll().where("id", "=", ID).executeTakeFirstOrThrow();
  return toBudget(row).starts.filter((at) => at > since).length;
}

/** Milliseconds until the next request may start, without taking the turn. */
export async function findPause(db: Db = getDb(), now = Date.now()): Promise<number> {
  const row = await db.selectFrom("budget").selectAll().where("id", "=", ID).executeTakeFirstOrThrow();
  return nextStart(toBudget(row), now).start - now;
}

/** After a 429: silence for as long as Kommo asks (seconds), then twice the gap between two requests, up to a minute. */
export async function slowDown(retryAfterSeconds: number, db: Db = getDb(), now = Date.now()): Promise<void> {
  await changeBudget(db, ({ starts, gapMs, closedUntil }) => ({
    start: 0,
    budget: {
      starts,
      gapMs: Math.min(LONGEST_GAP_MS, Math.max(FIRST_GAP_MS, gapMs * 2)),
      closedUntil: Math.max(closedUntil, now + retryAfterSeconds * 1000),
    },
  }));
}

/** After a success: half the gap, until there is none. */
export async function speedUp(db: Db = getDb()): Promise<void> {
  await changeBudget(db, (budget) => ({
    start: 0,
    budget: { ...budget, gapMs: budget.gapMs <= FIRST_GAP_MS ? 0 : budget.gapMs / 2 },
  }));
}

type Change = (budget: Budget) => { start: number; budget: Budget };

async function changeBudget(db: Db, change: Change): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const row = await lockRows(
      tx,
      tx.selectFrom("budget").selectAll().where("id", "=", ID),
    ).executeTakeFirstOrThrow();
    const { start, budget } = change(toBudget(row));
    await tx
      .updateTable("budget")
      .set({
        starts: JSON.stringify(budget.starts),
        gap_ms: Math.round(budget.gapMs),
        closed_until: budget.closedUntil,
      })
      .where("id", "=", ID)
      .execute();
    return start;
  });
}

function toBudget(row: { starts: string; gap_ms: number; closed_until: number }): Budget {
  const starts = startsSchema.parse(JSON.parse(row.starts));
  return { starts, gapMs: row.gap_ms, closedUntil: row.closed_until };
}
