import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from "kysely";
import { describe, expect, test } from "vitest";
import { openDb, requireDurable } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Tables } from "@/lib/db/tables";
import { databases } from "@/tests/support/databases";
import { makeDatabase } from "@/tests/support/postgres";

describe.each(databases)("$name", ({ open }) => {
  test("keeps milliseconds and ids as numbers, and migrates twice without a word", async () => {
    const db = await open();
    const mapping = { version: 1, body: "{}", published_at: 1_763_719_200_999, published_by: null };

    await migrate(db);
    await migrate(db);
    await db.insertInto("mappings").values(mapping).execute();

    expect(await db.selectFrom("mappings").selectAll().execute()).toEqual([mapping]);
    await db.destroy();
  });

  test("made by a newer program is refused with what to do", async () => {
    const db = await open();
    await migrate(db);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(db);

    await expect(migrate(db)).rejects.toMatchObject({
      code: "database_newer",
      message: expect.stringContaining("Start that version again"),
    });
    await db.destroy();
  });

  test("takes back a transaction that fails", async () => {
    const db = await open();
    await migrate(db);

    const failing = db.transaction().execute(async (tx) => {
      await tx.insertInto("mappings").values({ version: 1, body: "{}", published_at: 1 }).execute();
      throw new Error("power cut");
    });

    await expect(failing).rejects.toThrow("power cut");
    expect(await db.selectFrom("mappings").selectAll().execute()).toEqual([]);
    await db.destroy();
  });
});

const server = process.env.TEST_POSTGRES_URL;

describe.each(server ? [server] : [])("a PostgreSQL server", (server) => {
  test("whose default is not to wait for its disk commits leads durably all the same, and is refused at the next start", async () => {
    const url = await makeDatabase(server);
    const db = openDb(url);
    const name = new URL(url).pathname.slice(1);
    await sql`alter database ${sql.id(name)} set synchronous_commit = off`.execute(db);
    await db.destroy();
    const later = openDb(url);

    const settings = await Promise.all(
      Array.from({ length: 5 }, () =>
        later
          .transaction()
          .execute((tx) => sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(tx)),
      ),
    );

    expect(settings.map(({ rows }) => rows[0]?.synchronous_commit)).toEqual(Array(5).fill("on"));
    await expect(requireDurable(later)).resolves.toBeUndefined();
    await later.destroy();
  });
});

test("a PostgreSQL server that does not wait for its disk is refused with what to do", async () => {
  const fsync = (value: string) =>
    new Kysely<Tables>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
      plugins: [
        { transformQuery: ({ node }) => node, transformResult: async () => ({ rows: [{ fsync: value }] }) },
      ],
    });

  await expect(requireDurable(fsync("off"))).rejects.toMatchObject({
    code: "settings",
    message: expect.stringContaining("Set fsync = on"),
  });
  await expect(requireDurable(fsync("on"))).resolves.toBeUndefined();
});

describe("a SQLite file", () => {
  const folder = join(mkdtempSync(join(tmpdir(), "desk-")), ".data");
  const url = `file:${join(folder, "lead-desk.db")}`;

  test("syncs every commit to disk, holds foreign keys and lies in a private folder", async () => {
    const db = openDb(url);
    await migrate(db);

    const pragma = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];

    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
    expect(await pragma("busy_timeout")).toBe(5000);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await db.destroy();
  });

  test("lets everybody else have a turn after each of many transactions", async () => {
    const db = openDb(url);
    const told: string[] = [];
    setImmediate(() => told.push("somebody else"));

    for (const name of ["first", "second"]) {
      await db.transaction().execute(async (tx) => sql`select 1`.execute(tx));
      told.push(name);
    }

    expect(told).toEqual(["somebody else", "first", "second"]);
    await db.destroy();
  });
});
