import { randomUUID } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Tables } from "@/lib/db/tables";

type Dialect = { name: string; open(): Promise<Db> };

const server = process.env.TEST_POSTGRES_URL;

/** Every query test runs on each of these: SQLite, PGlite, and a real PostgreSQL where TEST_POSTGRES_URL names one. */
export const databases: Dialect[] = [
  { name: "SQLite", open: () => migrated(openDb("file::memory:")) },
  {
    name: "PGlite",
    open: () => migrated(new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) })),
  },
  ...(server ? [{ name: "PostgreSQL", open: () => migrated(openOwnSchema(server)) }] : []),
];

async function migrated(opened: Db | Promise<Db>): Promise<Db> {
  const db = await opened;
  await migrate(db);
  return db;
}

async function openOwnSchema(url: string): Promise<Db> {
  const schema = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = openDb(url);
  await sql`create schema ${sql.id(schema)}`.execute(admin);
  await admin.destroy();

  const own = new URL(url);
  own.searchParams.set("options", `-c search_path=${schema}`);
  return openDb(own.href);
}
