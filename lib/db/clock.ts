import "server-only";
import { type RawBuilder, sql } from "kysely";
import { setTime, tellTime } from "@/lib/clock";
import { type Db, isPostgres } from "./client";

/**
 * Reads the clock that all processes share (epoch ms), and sets this process's by it. A `now` that is not its time, as in a
 * test, moves the answer by the difference.
 */
export async function readClock(db: Db, now = tellTime()): Promise<number> {
  if (!isPostgres(db)) return now;
  const [shift, askedAt] = [now - tellTime(), performance.now()];
  const { rows } = await sql<{ clock: number }>`select ${toMs("clock_timestamp()")} as clock`.execute(db);
  const clock = Number(rows[0]?.clock);
  setTime(clock, askedAt);
  return clock + shift;
}

/** The same within a statement, in which it stands still. */
export function toClock(db: Db, now: number): RawBuilder<number> {
  if (!isPostgres(db)) return sql`cast(${Math.round(now)} as bigint)`;
  return sql`(${toMs("statement_timestamp()")} + cast(${Math.round(now - tellTime())} as bigint))`;
}

function toMs(timestamp: string): RawBuilder<number> {
  return sql`cast(floor(extract(epoch from ${sql.raw(timestamp)}) * 1000) as bigint)`;
}
