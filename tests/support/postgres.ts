import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { vi } from "vitest";
import { type Db, isPostgres } from "@/lib/db/client";

/** A fresh database on the server of the URL, as a URL of its own. */
export async function makeDatabase(url: string): Promise<string> {
  const name = `desk_test_${randomUUID().replaceAll("-", "")}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();

  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.href;
}

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
