import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { createLead } from "@/lib/leads/mutations";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { takeLease } from "@/lib/worker/lease";
import { aLead } from "@/tests/support/builders";
import { makeMigratedDatabase } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const server = process.env.TEST_POSTGRES_URL;
const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const GIVES_WAY_WITHIN_MS = 9000;

describe.each(server ? [server] : [])("beside a process frozen in a transaction, on PostgreSQL", (url) => {
  let frozen: Db;
  let db: Db;

  beforeAll(async () => {
    stubSettings("http://127.0.0.1:9");
    const own = await makeMigratedDatabase(url);
    [frozen, db] = [openDb(own), openDb(own)];
    await migrate(db);
  });
  afterAll(() => Promise.all([frozen.destroy(), db.destroy()]));

  test("the others go on, and the frozen one wakes to a failure it can tell", {
    timeout: 30_000,
  }, async () => {
    const author = await insertSeller(db);
    const wake = Promise.withResolvers<void>();
    const asleep = Promise.withResolvers<void>();
    const sleeper = frozen.transaction().execute(async (tx) => {
      await tx.updateTable("rate_lanes").set({ gap_ms: 1 }).execute();
      await tx.updateTable("sender").set({ probes: 1 }).execute();
      asleep.resolve();
      await wake.promise;
      await tx.updateTable("sender").set({ probes: 2 }).execute();
    });
    const outcome = sleeper.then(
      () => "went through",
      () => "failed",
    );
    await asleep.promise;
    const began = Date.now();

    await createLead(aLead(), author, db, began, RULES);
    expect(Date.now() - began).toBeLessThan(1000);
    expect(await takeLease({ holder: "another" }, db)).toBeDefined();
    await takeSlot({ lane: "delivery", db, perSecond: 6 });
    expect(Date.now() - began).toBeLessThan(GIVES_WAY_WITHIN_MS);

    wake.resolve();
    expect(await outcome).toBe("failed");
    expect(await db.selectFrom("sender").select("probes").executeTakeFirst()).toEqual({ probes: 0 });
    expect(await frozen.selectFrom("people").select("id").execute()).toHaveLength(1);
  });
});
