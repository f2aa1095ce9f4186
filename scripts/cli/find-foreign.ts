import type { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { openDb } from "../../lib/db/client.ts";
import { migrate } from "../../lib/db/migrate.ts";

type Part = { type: string; name: string; sql: string | null };

// SQLite names its own so.
const PARTS = "select type, name, sql from sqlite_master where name not like 'sqlite\\_%' escape '\\'";

/**
 * What is not of our schema, as a sentence. A trigger or a view of somebody else would act with the rights of the desk.
 */
export async function findForeign(database: DatabaseSync): Promise<string | undefined> {
  const [last] = database.prepare("select max(name) as name from kysely_migration").all();
  const ours = await listOurs(String(last?.name));
  const foreign = database
    .prepare(PARTS)
    .all()
    .map((row) => ({ type: String(row.type), name: String(row.name), sql: row.sql as string | null }))
    .filter((part) => !ours.has(toMark(part)));
  if (foreign.length === 0) return undefined;
  const names = foreign.slice(0, 5).map(({ type, name }) => `${type} ${name}`);
  return `has parts that are not of Lead Desk: ${names.join(", ")}${foreign.length > 5 ? ", …" : ""}.`;
}

async function listOurs(last: string): Promise<Set<string>> {
  const db = openDb("file::memory:");
  try {
    await migrate(db, last);
    const { rows } = await sql<Part>`${sql.raw(PARTS)}`.execute(db);
    return new Set(rows.map(toMark));
  } finally {
    await db.destroy();
  }
}

/** Tables and indexes act on nothing by themselves. What acts must be ours word for word. */
function toMark({ type, name, sql: text }: Part): string {
  return type === "trigger" || type === "view" ? `${type} ${name} ${text}` : `${type} ${name}`;
}
