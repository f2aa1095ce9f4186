import { sql } from "kysely";
import { expect, test } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openMigrated } from "@/tests/support/databases";

/** The schema, and what the migrations put into the tables, but when they did. */
async function readAll(db: Db): Promise<object> {
  const { rows: schema } = await sql<{ type: string; name: string }>`
    select type, name, tbl_name, sql from sqlite_master order by type, name`.execute(db);
  const tables = schema.filter(({ type }) => type === "table");
  const read = async ({ name }: { name: string }) =>
    (await sql<object>`select * from ${sql.id(name)}`.execute(db)).rows;
  const contents = await Promise.all(tables.map(async (table) => [table.name, await read(table)]));
  return {
    schema,
    contents: JSON.parse(JSON.stringify(contents, (key, value) => (key === "timestamp" ? undefined : value))),
  };
}

test("a copy of the migrated database is what the migrations make", async () => {
  const migrated = openDb("file::memory:");
  await migrate(migrated);
  const copy = await openMigrated();

  expect(await readAll(copy)).toEqual(await readAll(migrated));

  await migrated.destroy();
  await copy.destroy();
});
