import "server-only";
import type { Selectable, Updateable } from "kysely";
import { z } from "zod";
import { type Db, lockRows } from "@/lib/db/client";
import type { OutcomeReadingTable } from "@/lib/db/tables";
import { AFTER_HOOK_MS, LOOK_APART_MS, LOOK_EVERY_MS } from "./constants";

const ID = "kommo";
const LONGEST_OFF_MS = 24 * 3_600_000;

export type ReadingState = Omit<Selectable<OutcomeReadingTable>, Listed> & Record<Listed, number[]>;

type Listed = "missing" | "merged";

const AFRESH = {
  since: null,
  page: 1,
  until: null,
  newest: 0,
  told_at: null,
  filters: null,
  filters_at: null,
  events_off_until: 0,
  reads_off_until: 0,
  missing: "[]",
  missing_unshown: 0,
  merged: "[]",
} satisfies Updateable<OutcomeReadingTable>;

/** Whether it is time to look: a minute after the last look, or some seconds after it when a hook has come since. */
export async function isLookDue(db: Db, now: number): Promise<boolean> {
  const row = await db
    .selectFrom("outcome_reading")
    .leftJoin("kommo_hooks", "kommo_hooks.id", "outcome_reading.id")
    .select(["looked_at", "woken_at"])
    .executeTakeFirstOrThrow();
  const { looked_at, woken_at } = row;
  const sinceMs = now - looked_at;
  // A look in the future is of a clock that has been set back.
  if (sinceMs >= LOOK_EVERY_MS || sinceMs < 0) return true;
  const isWoken = woken_at !== null && woken_at >= looked_at && now - woken_at >= AFTER_HOOK_MS;
  return isWoken && sinceMs >= LOOK_APART_MS;
}

/**
 * Takes the right to look, which nobody else has then; undefined when it is not time, or another has taken it. What was read
 * of another account is forgotten.
 */
export async function takeLook(db: Db, now: number): Promise<ReadingState | undefined> {
  return db.transaction().execute(async (tx) => {
    const before = await lockRows(
      tx,
      tx.selectFrom("outcome_reading").select("account_id"),
    ).executeTakeFirstOrThrow();
    if (!(await isLookDue(tx, now))) return undefined;
    const { account_id } = await tx.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
    const isOther = before.account_id !== account_id;
    const row = await tx
      .updateTable("outcome_reading")
      .set({ looked_at: now, account_id, ...(isOther && AFRESH) })
      .where("id", "=", ID)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ...row, missing: toIds(row.missing), merged: toIds(row.merged) };
  });
}

function toIds(json: string): number[] {
  return z.array(z.number()).parse(JSON.parse(json));
}

/** A time so far ahead is of a clock that has been set back. */
export function isOff(until: number, now: number): boolean {
  return until > now && until <= now + LONGEST_OFF_MS;
}

/** Whether it is time for all leads that are to be read; in a look that a hook has woken it may not be. */
export function isReadDue({ read_at }: Pick<ReadingState, "read_at">, now: number): boolean {
  return now - read_at >= LOOK_EVERY_MS || now < read_at;
}

/** Nothing where the account has become another one meanwhile. */
export async function saveReading(
  { account_id }: Pick<ReadingState, "account_id">,
  columns: Updateable<OutcomeReadingTable>,
  db: Db,
): Promise<void> {
  await db
    .updateTable("outcome_reading")
    .set(columns)
    .where("id", "=", ID)
    .where("account_id", account_id === null ? "is" : "=", account_id)
    .execute();
}
