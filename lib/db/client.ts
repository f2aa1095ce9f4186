import "server-only";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, type SelectQueryBuilder, SqliteAdapter, SqliteDialect, SqliteDriver, sql } from "kysely";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { OwnSqliteCompiler, OwnSqliteDriver, openNodeSqlite } from "./node-sqlite";
import { postgres, TIMEOUTS, type Timeouts } from "./postgres";
import type { Tables } from "./tables";

export type Db = Kysely<Tables>;

const handle = globalThis as typeof globalThis & { leadDeskDb?: Db };

/** Global, because Next bundles pages, actions and instrumentation separately. */
export function getDb(): Db {
  handle.leadDeskDb ??= openDb(getEnv().databaseUrl);
  return handle.leadDeskDb;
}

export async function closeDb(): Promise<void> {
  await handle.leadDeskDb?.destroy();
  handle.leadDeskDb = undefined;
}

/** Without time-outs a query may take as long as it needs, as a migration of many rows does. */
export function openDb(url: string, timeouts: Timeouts = TIMEOUTS): Db {
  return new Kysely<Tables>({ dialect: url.startsWith("file:") ? sqlite(url) : postgres(url, timeouts) });
}

/** SQLite has a single writer and needs no lock. Rows that merely refer to a locked row can still be written. */
export function lockRows<T extends keyof Tables, O>(db: Db, query: SelectQueryBuilder<Tables, T, O>) {
  return isPostgres(db) ? query.forNoKeyUpdate() : query;
}

/** Like lockRows, but skips rows that another process has locked. */
export function lockFreeRows<T extends keyof Tables, O>(db: Db, query: SelectQueryBuilder<Tables, T, O>) {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query;
}

/** Of all transactions that ask for this number one goes on at a time, to its end. SQLite's has locked the file. */
export async function waitForTurn(tx: Db, lock: number): Promise<void> {
  if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${sql.lit(lock)})`.execute(tx);
}

/**
 * Throws `settings` for a PostgreSQL that would lose commits in a crash, whatever a transaction asks for. SQLite is always
 * opened durably.
 */
export async function requireDurable(db: Db): Promise<void> {
  if (!isPostgres(db)) return;
  const { rows } = await sql<{ fsync: string }>`show fsync`.execute(db);
  if (rows[0]?.fsync !== "off") return;
  throw new AppError("settings", {
    message:
      "The PostgreSQL server of DATABASE_URL runs with fsync=off and would lose leads in a power cut. Set fsync = on for the server, and start again.",
  });
}

/** After an erasure: SQLite's write-ahead log keeps the old pages until it is overwritten or truncated. */
export async function truncateLog(db: Db): Promise<void> {
  if (!isPostgres(db)) await sql`pragma wal_checkpoint(truncate)`.execute(db);
}

/** A mark, because Next bundles this module several times and `instanceof` fails between the copies. */
export function isPostgres(db: Db): boolean {
  return !(SQLITE_MARK in db.getExecutor().adapter);
}

const SQLITE_MARK = "leadDeskSqlite";

function sqlite(url: string): SqliteDialect {
  const path = url.slice("file:".length);
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = openNodeSqlite(path);
  const dialect = new SqliteDialect({ database });
  // What is in memory blocks nobody for long, and tests play with the timers.
  const Driver = path === ":memory:" ? SqliteDriver : OwnSqliteDriver;
  // SQLite's DDL is transactional. Declaring it makes the migrator use one transaction, which is safe beside another
  // process.
  const adapter = Object.defineProperties(new SqliteAdapter(), {
    supportsTransactionalDdl: { value: true },
    [SQLITE_MARK]: { value: true },
  });
  return Object.assign(dialect, {
    createAdapter: () => adapter,
    createDriver: () => new Driver({ database }),
    createQueryCompiler: () => new OwnSqliteCompiler(),
  });
}
