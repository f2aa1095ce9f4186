import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import type { Lead } from "@/lib/domain/lead/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { type Practice, startPractice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const DAY_MS = 24 * 60 * 60_000;

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice({ requestsPerSecond: 0 });
  stubSettings(practice.url, practice.token);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await practice.close();
});

describe.each(migratedDatabases)("housekeeping on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Date.now();
    author = await insertSeller(db);
    const fields = { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } };
    await saveFirstMapping(mappingSchema.parse({ pipelineId: 12984871, fields }), db);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const now = () => clock;
  const deliver = async (lead: Lead) => {
    await createLead(lead, author, db, clock, RULES);
    await deliverRound(db, now);
  };
  test("attempts of confirmed leads are forgotten after 90 days, those of others never", async () => {
    const [confirmed, refused] = [aLead(), aLead({ name: "яд" })];
    practice.control.setPoison({ marker: "яд" });
    await deliver(confirmed);
    await deliver(refused);
    practice.control.setPoison(null);

    await pruneAttempts(db, clock + 89 * DAY_MS);
    expect(await db.selectFrom("attempts").selectAll().execute()).toHaveLength(2);
    await pruneAttempts(db, clock + 91 * DAY_MS);

    const left = await db.selectFrom("attempt_leads").select("lead_id").execute();
    expect(left).toEqual([{ lead_id: refused.id }]);
    expect(await db.selectFrom("attempts").select("outcome").execute()).toEqual([{ outcome: "refused" }]);
  });
});
