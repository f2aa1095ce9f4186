import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { createLead } from "@/lib/leads/mutations";
import { haltQueue, resumeQueue } from "@/lib/queue/halt";
import { beat, isBeating } from "@/lib/worker/heartbeat";
import { getHealth } from "@/lib/worker/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";

const NOW = 1_763_719_200_000;
const MONOTONIC = 1_000_000;
const HOUR_MS = 60 * 60 * 1000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

describe.each(migratedDatabases)("health on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
    beat(undefined, MONOTONIC);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("an idle desk is well", async () => {
    expect(await getHealth(db, NOW, MONOTONIC)).toEqual({
      status: "ok",
      database: "ok",
      sender: "ok",
      kommo: "ok",
      verification: "ok",
      oldestUnsentSeconds: null,
    });
  });

  test("a sender without a sign of life fails", async () => {
    expect(await getHealth(db, NOW, MONOTONIC + 2 * 60_000)).toMatchObject({
      status: "failing",
      sender: "silent",
    });
  });

  test("a loop is alive until its last round is longer ago than a round can take", () => {
    beat(undefined, MONOTONIC);

    expect(isBeating(MONOTONIC + 85_000)).toBe(true);
    expect(isBeating(MONOTONIC + 95_000)).toBe(false);
  });

  test("a round that failed is named until one succeeds", async () => {
    beat("unreachable", MONOTONIC);
    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "failing", sender: "unreachable" });

    beat(undefined, MONOTONIC);
    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "ok", sender: "ok" });
  });

  test("a halted queue says why", async () => {
    await haltQueue("token_refused", db, NOW);
    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "failing", kommo: "token_refused" });

    await resumeQueue(db);
    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("a lead that is unconfirmed for more than a quarter of an hour fails", async () => {
    const author = await insertSeller(db);
    const sentAt = NOW - 15 * 60_000;
    await createLead(aLead(), author, db, sentAt, RULES);
    await db.updateTable("leads").set({ state: "checking", sent_at: sentAt }).execute();

    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "ok", verification: "ok" });
    expect(await getHealth(db, NOW + 1, MONOTONIC)).toMatchObject({
      status: "failing",
      verification: "late",
    });
  });

  test("a lead that waits for more than an hour fails", async () => {
    const author = await insertSeller(db);
    await createLead(aLead(), author, db, NOW - HOUR_MS, RULES);

    expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "ok", oldestUnsentSeconds: 3600 });
    expect(await getHealth(db, NOW + 1000, MONOTONIC)).toMatchObject({
      status: "failing",
      oldestUnsentSeconds: 3601,
    });
  });
});

test("a database that is gone fails without throwing", async () => {
  const [first] = migratedDatabases;
  const db = await first?.open();
  await db?.destroy();

  expect(await getHealth(db, NOW, MONOTONIC)).toMatchObject({ status: "failing", database: "failing" });
});
