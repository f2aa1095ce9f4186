import { afterEach, expect, test, vi } from "vitest";
import { isPostgres, lockFreeRows, lockRows, openDb } from "@/lib/db/client";

const POSTGRES = "postgres://nobody@127.0.0.1:1/none";

afterEach(() => vi.resetModules());

test.each([
  { lock: lockRows, clause: "for no key update" },
  { lock: lockFreeRows, clause: "for update skip locked" },
])(
  "$clause is asked of PostgreSQL, whichever copy of the module made the handle",
  async ({ clause, lock }) => {
    vi.resetModules();
    const { openDb: openByAnotherCopy } = await import("@/lib/db/client");
    const db = openByAnotherCopy(POSTGRES);

    const { sql } = lock(db, db.selectFrom("leads").select("id")).compile();

    expect(openByAnotherCopy).not.toBe(openDb);
    expect(sql).toContain(clause);
  },
);

test("SQLite has a single writer and needs no lock, whichever copy of the module made the handle", async () => {
  vi.resetModules();
  const { openDb: openByAnotherCopy } = await import("@/lib/db/client");
  const db = openByAnotherCopy("file::memory:");

  const { sql } = lockRows(db, db.selectFrom("leads").select("id")).compile();

  expect(sql).not.toContain("for ");
  expect(isPostgres(db)).toBe(false);
});
