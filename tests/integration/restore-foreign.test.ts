import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { findForeign } from "@/scripts/cli/find-foreign";

async function makeBackup(change = "", last?: string): Promise<DatabaseSync> {
  const file = join(mkdtempSync(join(tmpdir(), "desk-foreign-")), "desk.db");
  const db = openDb(`file:${file}`);
  await migrate(db, last);
  await db.destroy();
  const database = new DatabaseSync(file);
  database.exec(change);
  return database;
}

test.each([undefined, "0017-sendings", "0009-lead-times"])(
  "a back-up of ours has nothing foreign, at %s",
  async (last) => {
    expect(await findForeign(await makeBackup("", last))).toBeUndefined();
  },
);

test.each([
  ["trigger steal", "create trigger steal after insert on leads begin delete from audit; end"],
  ["view people_seen", "create view people_seen as select * from people"],
  ["table notes", "create table notes (id text)"],
  ["index by_name", "create index by_name on people (name)"],
])("a foreign part is refused by name: %s", async (name, change) => {
  expect(await findForeign(await makeBackup(change))).toBe(`has parts that are not of Lead Desk: ${name}.`);
});

test("a trigger of ours that says something else is refused", async () => {
  const database = await makeBackup();
  const [ours] = database.prepare("select name from sqlite_master where type = 'trigger'").all();
  database.exec(
    `drop trigger ${ours?.name}; create trigger ${ours?.name} after insert on leads begin select 1; end`,
  );

  expect(await findForeign(database)).toContain(`trigger ${ours?.name}`);
});
