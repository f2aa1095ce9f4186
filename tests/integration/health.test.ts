import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { getDelivery } from "@/lib/delivery/queries";
import { verifyCopiedBack } from "@/lib/delivery/restore/after-restore";
import { getEnv } from "@/lib/env";
import { createLead } from "@/lib/leads/mutations";
import { haltQueue, resumeQueue } from "@/lib/queue/halt";
import { beat, isBeating, showUnread } from "@/lib/worker/heartbeat";
import { getHealth } from "@/lib/worker/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const MONOTONIC = 1_000_000;
const MEMORY = "file::memory:";
const HOUR_MS = 60 * 60 * 1000;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };

describe.each(migratedDatabases)("health on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
    stubSettings("https://kommo.test");
    beat(undefined, MONOTONIC);
  });
  afterEach(() => emptyTables(db));
  afterAll(async () => {
    await db.destroy();
    vi.unstubAllEnvs();
  });

  const insertAttempts = async (...attempts: [id: string, startedAt: number, leadId: string][]) => {
    const made = { duration_ms: 1, lead_count: 1, status: 400, response: "{}", outcome: "unclear" };
    for (const [id, started_at, lead_id] of attempts) {
      await db
        .insertInto("attempts")
        .values({ id, started_at, ...made })
        .execute();
      await db.insertInto("attempt_leads").values({ attempt_id: id, lead_id, request: "{}" }).execute();
    }
  };

  test("an idle desk is well", async () => {
    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toEqual({
      status: "ok",
      database: "ok",
      disk: "ok",
      sender: "ok",
      kommo: "ok",
      verification: "ok",
      verifyingAfterRestore: 0,
      oldestUnsentSeconds: null,
    });
  });

  test("a desk whose integration nobody has allowed yet is not connected", async () => {
    const { kommo } = getEnv();
    const before = { ...kommo };
    const integration = {
      clientId: "an-integration",
      clientSecret: "secret",
      redirectUri: "http://desk.test",
    };
    Object.assign(kommo, { integration, connection: undefined });

    const health = await getHealth(db, NOW, MONOTONIC, MEMORY);
    Object.assign(kommo, before);

    expect(health).toMatchObject({ status: "failing", kommo: "not_connected" });
  });

  test("a sender without a sign of life fails", async () => {
    expect(await getHealth(db, NOW, MONOTONIC + 2 * 60_000, MEMORY)).toMatchObject({
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
    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({
      status: "failing",
      sender: "unreachable",
    });

    beat(undefined, MONOTONIC);
    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({ status: "ok", sender: "ok" });
  });

  test("a halted queue says why", async () => {
    await haltQueue("token_refused", db, NOW);
    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({
      status: "failing",
      kommo: "token_refused",
    });

    await resumeQueue(db);
    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("a lead that is unconfirmed for more than a quarter of an hour fails", async () => {
    const author = await insertSeller(db);
    const sentAt = NOW - 15 * 60_000;
    await createLead(aLead(), author, db, sentAt, RULES);
    await db.updateTable("leads").set({ state: "checking", sent_at: sentAt }).execute();

    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({ status: "ok", verification: "ok" });
    expect(await getHealth(db, NOW + 1, MONOTONIC, MEMORY)).toMatchObject({
      status: "failing",
      verification: "late",
    });
    expect(await getDelivery(db, NOW)).toMatchObject({ unverified: null });
    expect(await getDelivery(db, NOW + 1)).toMatchObject({ unverified: { since: sentAt, count: 1 } });
  });

  test("leads that leave before Kommo's lists could be read fail, until they are read or none has left for long", async () => {
    showUnread(true, MONOTONIC);
    const healthAt = (monotonic: number) => {
      beat(undefined, monotonic);
      return getHealth(db, NOW, monotonic, MEMORY);
    };

    expect(await healthAt(MONOTONIC)).toMatchObject({ status: "failing", verification: "unread" });
    expect(await healthAt(MONOTONIC + 16 * 60_000)).toMatchObject({ status: "ok", verification: "ok" });
    showUnread(false);
    expect(await healthAt(MONOTONIC)).toMatchObject({ status: "ok", verification: "ok" });
  });

  test("leads that are verified as the database was copied back are counted, here and on the delivery page", async () => {
    const author = await insertSeller(db);
    const hourAgo = NOW - 60 * 60_000 + 1;
    for (const lead of [aLead(), aLead()]) await createLead(lead, author, db, hourAgo, RULES);
    await verifyCopiedBack(() => true, { now: NOW }, db);

    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({
      status: "ok",
      verification: "ok",
      verifyingAfterRestore: 2,
    });
    expect(await getDelivery(db, NOW)).toMatchObject({ restored: { at: NOW, left: 2 } });

    await db.updateTable("leads").set({ state: "confirmed" }).execute();
    expect(await getDelivery(db, NOW)).toMatchObject({ restored: null });
  });

  test("a lead that is new is no sign that Kommo takes nothing, whatever was not taken long ago", async () => {
    const author = await insertSeller(db);
    const old = aLead();
    await createLead(old, author, db, NOW, RULES);
    await insertAttempts(["first", NOW, old.id]);
    await db.updateTable("leads").set({ state: "needs_admin", problem: "unclear" }).execute();
    const later = NOW + 60 * 60_000;
    const fresh = aLead();
    await createLead(fresh, author, db, later, RULES);
    await db.updateTable("leads").set({ state: "queued" }).where("id", "=", fresh.id).execute();

    expect(await getHealth(db, later, MONOTONIC, MEMORY)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("a Kommo that takes nothing for a quarter of an hour fails, until a lead gets through", async () => {
    const author = await insertSeller(db);
    const lead = aLead();
    await createLead(lead, author, db, NOW, RULES);
    await db.updateTable("leads").set({ state: "queued" }).execute();
    await insertAttempts(["first", NOW, lead.id], ["last", NOW + 10 * 60_000, lead.id]);
    const healthAfter = (ms: number) => getHealth(db, NOW + ms, MONOTONIC, MEMORY);

    expect(await healthAfter(15 * 60_000 - 1)).toMatchObject({ status: "ok", kommo: "ok" });
    expect(await healthAfter(15 * 60_000)).toMatchObject({ status: "failing", kommo: "takes_nothing" });

    await db.updateTable("leads").set({ state: "needs_admin", problem: "unsendable" }).execute();
    expect(await healthAfter(15 * 60_000)).toMatchObject({ status: "failing", kommo: "takes_nothing" });

    await db
      .updateTable("sender")
      .set({ last_success: NOW + 11 * 60_000 })
      .execute();
    expect(await healthAfter(30 * 60_000)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("a mapping that fits Kommo no more, so that no lead leaves for a quarter of an hour, fails until one gets through", async () => {
    const author = await insertSeller(db);
    await createLead(aLead(), author, db, NOW, RULES);
    await db.updateTable("leads").set({ state: "needs_admin", problem: "mapping_broken" }).execute();
    const healthAfter = (ms: number) => getHealth(db, NOW + ms, MONOTONIC, MEMORY);

    expect(await healthAfter(15 * 60_000 - 1)).toMatchObject({ status: "ok", kommo: "ok" });
    expect(await healthAfter(15 * 60_000)).toMatchObject({ status: "failing", kommo: "takes_nothing" });

    await db
      .updateTable("sender")
      .set({ last_success: NOW + 11 * 60_000 })
      .execute();
    expect(await healthAfter(30 * 60_000)).toMatchObject({ status: "ok", kommo: "ok" });
  });

  test("what went wrong once counts for nothing when no lead waits", async () => {
    const attempt = { duration_ms: 1, lead_count: 1, status: 400, response: "{}" };
    await db
      .insertInto("attempts")
      .values({ id: "only", started_at: NOW, outcome: "unclear", ...attempt })
      .execute();

    expect(await getHealth(db, NOW + HOUR_MS, MONOTONIC, MEMORY)).toMatchObject({
      status: "ok",
      kommo: "ok",
    });
  });

  test("a lead that waits for more than an hour fails", async () => {
    const author = await insertSeller(db);
    await createLead(aLead(), author, db, NOW - HOUR_MS, RULES);

    expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({
      status: "ok",
      oldestUnsentSeconds: 3600,
    });
    expect(await getHealth(db, NOW + 1000, MONOTONIC, MEMORY)).toMatchObject({
      status: "failing",
      oldestUnsentSeconds: 3601,
    });
  });
});

test("a database that is gone fails without throwing", async () => {
  const [first] = migratedDatabases;
  const db = await first?.open();
  await db?.destroy();

  expect(await getHealth(db, NOW, MONOTONIC, MEMORY)).toMatchObject({
    status: "failing",
    database: "failing",
  });
});
