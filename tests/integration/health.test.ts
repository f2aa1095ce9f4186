import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { createLead } from "@/lib/leads/mutations";
import { beat } from "@/lib/outbox/heartbeat";
import { getHealth } from "@/lib/outbox/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";

const NOW = 1_763_719_200_000;
const HOUR_MS = 60 * 60 * 1000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

describe.each(migratedDatabases)("health on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
    beat(NOW);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("an idle desk is well", async () => {
    expect(await getHealth(db, NOW)).toEqual({
      status: "ok",
      database: "ok",
      sender: "ok",
      kommo: "ok",
      oldestUnsentSeconds: null,
    });
  });

  test("a sender without a sign of life fails", async () => {
    expect(await getHealth(db, NOW + 2 * 60_000)).toMatchObject({ status: "failing", sender: "failing" });
  });

  test("a token that Kommo refused in the last attempt fails", async () => {
    await insertAttempt("token_refused", NOW - 1);
    expect(await getHealth(db, NOW)).toMatchObject({ status: "failing", kommo: "token_refused" });

    await insertAttempt("confirmed", NOW);
    expect(await getHealth(db, NOW)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("a lead that waits for more than an hour fails", async () => {
    const author = await insertSeller(db);
    await createLead(aLead(), author, db, NOW - HOUR_MS, RULES);

    expect(await getHealth(db, NOW)).toMatchObject({ status: "ok", oldestUnsentSeconds: 3600 });
    beat(NOW + 1000);
    expect(await getHealth(db, NOW + 1000)).toMatchObject({ status: "failing", oldestUnsentSeconds: 3601 });
    beat(NOW);
  });

  const insertAttempt = (outcome: string, started_at: number) =>
    db
      .insertInto("attempts")
      .values({
        id: outcome,
        started_at,
        duration_ms: 1,
        lead_count: 1,
        outcome,
        status: null,
        response: null,
      })
      .execute();
});

test("a database that is gone fails without throwing", async () => {
  const [first] = migratedDatabases;
  const db = await first?.open();
  await db?.destroy();

  expect(await getHealth(db, NOW)).toMatchObject({ status: "failing", database: "failing" });
});
