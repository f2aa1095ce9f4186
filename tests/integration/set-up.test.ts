import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { createLead } from "@/lib/leads/mutations";
import { listSetUpSteps } from "@/lib/set-up/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the first steps on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const REAL = "https://team.kommo.com";
  const listDone = async (kommoUrl = REAL) =>
    (await listSetUpSteps(db, kommoUrl))?.flatMap(({ name, isDone }) => (isDone ? [name] : []));

  test("are ticked one by one, and go with the last", async () => {
    const admin = await insertSeller(db, "Анна");
    expect(await listDone()).toEqual(["connect"]);

    await db
      .insertInto("mappings")
      .values({ version: 1, body: JSON.stringify({ pipelineId: 1, fields: {} }), published_at: 1 })
      .execute();
    expect(await listDone()).toEqual(["connect", "publish"]);

    const lead = aLead({ source: "Expo" });
    await createLead(lead, admin, db, 1, RULES);
    expect(await listDone()).toEqual(["connect", "publish", "sources"]);

    await insertSeller(db, "Борис");
    await db.updateTable("leads").set({ state: "confirmed", confirmed_at: 2 }).execute();
    expect(await listSetUpSteps(db, REAL)).toBeUndefined();
  });

  test("are not done by the practice account", async () => {
    expect(await listDone("http://127.0.0.1:4000")).toEqual([]);
  });
});
