import "server-only";
import { sql } from "kysely";
import { type Db, isPostgres } from "./client";

/**
 * Epoch milliseconds by the clock that all processes on the database share: PostgreSQL's own, or this machine's for a SQLite
 * file. A `now` that is not the system's time, as in a test, moves it by the difference.
 */
export async function readClock(db: Db, now = Date.now()): Promise<number> {
  if (!isPostgres(db)) return now;
  const shift = now - Date.now();
  const { rows } = await sql<{ now: number }>`
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(db);
  return Number(rows[0]?.now) + shift;
}
