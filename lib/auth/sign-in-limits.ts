import "server-only";
import type { SelectQueryBuilder } from "kysely";
import { type Db, getDb, lockFreeRows, lockRows } from "@/lib/db/client";
import type { Tables } from "@/lib/db/tables";

type Kind = "guesser" | "account" | "address" | "device" | "person";
export type LimitKey = { kind: Kind; key: string };

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const limits: Record<Kind, { free: number; maxDelayMs: number; forgetMs: number }> = {
  // One address at one account. Short, because a colleague behind the same address can cause it.
  guesser: { free: 5, maxDelayMs: MINUTE, forgetMs: 10 * MINUTE },
  // All addresses at one account: 150 failures, and a hundred more an hour. Five addresses cannot fail so often, and so cannot
  // keep the owner's new browser out.
  account: { free: 150, maxDelayMs: MINUTE, forgetMs: 36 * SECOND },
  // A whole office shares one address.
  address: { free: 20, maxDelayMs: 15 * MINUTE, forgetMs: 5 * MINUTE },
  device: { free: 5, maxDelayMs: 5 * MINUTE, forgetMs: 10 * MINUTE },
  person: { free: 5, maxDelayMs: 5 * MINUTE, forgetMs: 10 * MINUTE },
};
const FIRST_DELAY_MS = 5 * SECOND;
// There are many addresses. When the table is full, the oldest rows are deleted.
const MAX_ROWS = 20_000;

/**
 * Counts an attempt before the password is compared, so that parallel attempts gain nothing over sequential ones.
 * Returns the milliseconds to wait; 0 means go on. A refused attempt writes nothing.
 */
export async function countSignInAttempt(
  limitKeys: LimitKey[],
  db: Db = getDb(),
  now = Date.now(),
): Promise<number> {
  const waitMs = toWait(await selectRows(limitKeys, db).execute(), now);
  if (waitMs > 0) return waitMs;

  await deleteOld(db, now);
  return db.transaction().execute(async (tx) => {
    await tx
      .insertInto("sign_in_limits")
      .values(toSorted(limitKeys).map(({ key }) => ({ key, ...NO_FAILURES, failed_at: now, forget_at: now })))
      .onConflict((conflict) => conflict.column("key").doNothing())
      .execute();
    const rows = await lockRows(tx, selectRows(limitKeys, tx)).execute();
    const waitMs = toWait(rows, now);
    if (waitMs > 0) return waitMs;

    for (const row of rows) {
      const kind = limitKeys.find(({ key }) => key === row.key)?.kind ?? "account";
      await tx
        .updateTable("sign_in_limits")
        .set(toFailed(kind, row, now))
        .where("key", "=", row.key)
        .execute();
    }
    return 0;
  });
}

/** What is shared gets only one attempt back: the others may be guesses of somebody else. */
export async function clearSignInAttempts(limitKeys: LimitKey[], tx: Db, now: number): Promise<void> {
  for (const { kind, key } of toSorted(limitKeys)) {
    const row = tx.updateTable("sign_in_limits").where("key", "=", key);
    await (kind === "address" || kind === "account"
      ? row.set((limit) => ({ failures: limit("failures", "-", 1), blocked_until: now }))
      : row.set({ failures: 0, blocked_until: now, forget_at: now })
    ).execute();
  }
}

const NO_FAILURES = { failures: 0, blocked_until: 0 };

type Row = { key: string; failures: number; failed_at: number; blocked_until: number };

function selectRows(limitKeys: LimitKey[], db: Db) {
  return db
    .selectFrom("sign_in_limits")
    .select(["key", "failures", "failed_at", "blocked_until"])
    .where(
      "key",
      "in",
      toSorted(limitKeys).map(({ key }) => key),
    )
    .orderBy("key");
}

/** Always the same order, so that two attempts cannot deadlock. */
function toSorted(limitKeys: LimitKey[]): LimitKey[] {
  return limitKeys.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function toWait(rows: Row[], now: number): number {
  return Math.max(0, ...rows.map((row) => row.blocked_until - now));
}

function toFailed(kind: Kind, row: Row, now: number) {
  const { free, maxDelayMs, forgetMs } = limits[kind];
  const forgotten = Math.floor((now - row.failed_at) / forgetMs);
  const failures = Math.max(0, row.failures - forgotten) + 1;
  const delayMs = failures < free ? 0 : Math.min(maxDelayMs, FIRST_DELAY_MS * 2 ** (failures - free));
  return { failures, failed_at: now, blocked_until: now + delayMs, forget_at: now + failures * forgetMs };
}

async function deleteOld(db: Db, now: number): Promise<void> {
  const keys = db.selectFrom("sign_in_limits").select("key");
  await deleteLimits(keys.where("forget_at", "<", now), db);
  const { count } = await db
    .selectFrom("sign_in_limits")
    .select((select) => select.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const excess = Number(count) - MAX_ROWS;
  if (excess > 0) await deleteLimits(keys.orderBy("failed_at").limit(excess), db);
}

/** Skips rows that an attempt has locked, because that attempt may be waiting for our locks. */
async function deleteLimits(
  keys: SelectQueryBuilder<Tables, "sign_in_limits", { key: string }>,
  db: Db,
): Promise<void> {
  await db.deleteFrom("sign_in_limits").where("key", "in", lockFreeRows(db, keys)).execute();
}
