import { sql } from "kysely";
import { vi } from "vitest";
import { type Db, isPostgres } from "@/lib/db/client";

/** Until somebody waits for what this transaction has locked. SQLite and PGlite have one connection, for which everybody waits. */
export async function untilWaitedFor(tx: Db): Promise<void> {
  if (!isPostgres(tx) || !process.env.TEST_POSTGRES_URL) return;
  const isWaitedFor = async () => {
    const { rows } = await sql<{ pid: number }>`select pid from pg_locks
      where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`.execute(tx);
    return rows.length > 0;
  };
  await vi.waitUntil(isWaitedFor, { timeout: 20_000 });
}
