import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { databases } from "@/tests/support/databases";

describe.each(databases)("$name", ({ open }) => {
  let db: Db;
  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.destroy());
  test("numbers", async () => {
    await db.insertInto("mappings").values({ version: 1, body: "x", published_at: 1763719000000 }).execute();
    expect(await db.selectFrom("mappings").selectAll().execute()).toEqual([
      { version: 1, body: "x", published_at: 1763719000000 },
    ]);
    await Promise.all(
      [1, 2, 3].map((i) =>
        db.transaction().execute(async (tx) => {
          await sql`select 1`.execute(tx);
          await tx
            .insertInto("mappings")
            .values({ version: i + 10, body: "x", published_at: 1 })
            .execute();
        }),
      ),
    );
  });
});
