import { DatabaseSync } from "node:sqlite";
import { expect, test, vi } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openNodeSqlite } from "@/lib/db/node-sqlite";
import { bookStart } from "@/lib/rate-limit/lanes";

const MANY = 500;

function openNumbers() {
  const sqlite = openNodeSqlite(":memory:");
  sqlite.prepare("create table numbers (n integer primary key)").run([]);
  return sqlite;
}

test("a statement can be reused, also after it has failed", () => {
  const sqlite = openNumbers();
  const insert = (n: number) => sqlite.prepare("insert into numbers (n) values (?)").run([n]);

  insert(1);
  expect(() => insert(1)).toThrow("UNIQUE");
  insert(2);

  expect(sqlite.prepare("select n from numbers order by n").all([])).toEqual([{ n: 1 }, { n: 2 }]);
});

test("statements beyond the cache's size and long statements return their own results", () => {
  const sqlite = openNumbers();
  const long = `select ${Array.from({ length: MANY }, (_, index) => `${index} as n${index}`).join(", ")}`;
  for (const _ of [1, 2]) {
    for (let index = 0; index < MANY; index++) {
      expect(sqlite.prepare(`select ${index} as n`).all([])).toEqual([{ n: index }]);
    }
    expect(sqlite.prepare(long).all([])).toMatchObject([{ n0: 0, n499: 499 }]);
  }
});

test.each(["n, n * 2 as twice", "n", "*"])("the rows of %s are plain objects", (columns) => {
  const sqlite = openNumbers();
  sqlite.prepare("insert into numbers (n) values (?)").run([1]);

  const [row] = sqlite.prepare(`select ${columns} from numbers`).all([]);

  expect(row).toEqual(columns.includes("twice") ? { n: 1, twice: 2 } : { n: 1 });
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test("a star stands for the columns that the table has by now", () => {
  const sqlite = openNumbers();
  const read = () => sqlite.prepare("select * from numbers").all([]);
  sqlite.prepare("insert into numbers (n) values (?)").run([1]);
  read();

  sqlite.prepare("alter table numbers add column word text default 'one'").run([]);
  sqlite.prepare("alter table numbers rename column n to number").run([]);

  expect(read()).toEqual([{ number: 1, word: "one" }]);
});

test("two readers of the same statement do not disturb each other", () => {
  const sqlite = openNumbers();
  for (const n of [1, 2, 3]) sqlite.prepare("insert into numbers (n) values (?)").run([n]);
  const read = () => sqlite.prepare("select n from numbers order by n").iterate([])[Symbol.iterator]();
  const [one, other] = [read(), read()];

  one.next();
  other.next();

  expect(one.next().value).toMatchObject({ n: 2 });
  expect(other.next().value).toMatchObject({ n: 2 });
});

test("a transaction that SQLite has rolled back by itself can be rolled back", () => {
  const sqlite = openNumbers();
  const run = (text: string) => sqlite.prepare(text).run([]);

  run("begin");
  run("insert into numbers (n) values (1)");
  expect(() => run("insert or rollback into numbers (n) values (1)")).toThrow("UNIQUE");
  run("rollback");
  run("begin");
  run("insert into numbers (n) values (2)");
  run("rollback");

  expect(sqlite.prepare("select n from numbers").all([])).toEqual([]);
});

test("a limit is part of the statement, which would be prepared anew each time for one that is bound", async () => {
  const db = openDb("file::memory:");

  const { sql, parameters } = db.selectFrom("people").select("id").limit(3).offset(6).compile();

  expect(sql).toBe('select "id" from "people" limit 3 offset ?');
  expect(parameters).toEqual([6]);
  await db.destroy();
});

test("a slot is booked by a statement that is prepared once", async () => {
  const db = openDb("file::memory:");
  await migrate(db);
  const prepare = vi.spyOn(DatabaseSync.prototype, "prepare");
  const book = (now: number) => bookStart({ lane: "delivery", gapMs: 200, leadMs: 50 }, db, now);

  await book(10_000);
  await book(20_000);

  expect(prepare).toHaveBeenCalledOnce();
  prepare.mockRestore();
  await db.destroy();
});
