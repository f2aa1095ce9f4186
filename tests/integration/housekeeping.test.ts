import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { pruneAttempts } from "@/lib/delivery/prune-attempts";
import { readOutcomes } from "@/lib/delivery/read-outcomes";
import type { Lead } from "@/lib/domain/lead/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { findQueueStop } from "@/lib/queue/halt";
import { findPause } from "@/lib/rate-limit/lanes";
import { type Practice, startPractice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

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
    return practice.incomingLeads().find(({ requestId }) => requestId === lead.id)?.leadId ?? 0;
  };
  const readOutcome = async (lead: Lead) =>
    (await db.selectFrom("leads").select("outcome").where("id", "=", lead.id).executeTakeFirst())?.outcome;

  test("Kommo's outcome is read back: still incoming, accepted, declined", async () => {
    const [waiting, accepted, declined] = [aLead(), aLead(), aLead()];
    await deliver(waiting);
    await practice.control.accept(await deliver(accepted));
    await practice.control.decline(await deliver(declined));

    expect(await readOutcomes(db, now)).toBe(3);

    expect(await readOutcome(waiting)).toBe("incoming");
    expect(await readOutcome(accepted)).toBe("accepted");
    expect(await readOutcome(declined)).toBe("declined");
  });

  test("an outcome that is final is not asked again, and one that is not only after ten minutes", async () => {
    const [waiting, accepted] = [aLead(), aLead()];
    await deliver(waiting);
    await practice.control.accept(await deliver(accepted));
    await readOutcomes(db, now);

    clock += 9 * MINUTE_MS;
    expect(await readOutcomes(db, now)).toBe(0);
    clock += 2 * MINUTE_MS;
    expect(await readOutcomes(db, now)).toBe(1);
  });

  test("a 429 while outcomes are read slows all that talk to Kommo", async () => {
    await deliver(aLead());
    practice.failNext({ kind: "429-json", retryAfter: 120, method: "GET" });

    expect(await readOutcomes(db, now)).toBe(0);

    expect(await findPause(db, clock)).toBeGreaterThan(119_000);
  });

  test("a token that may not read leads goes on delivering them", async () => {
    await deliver(aLead());
    practice.failNext({ kind: "403-scope", method: "GET" });

    expect(await readOutcomes(db, now)).toBe(0);

    expect(await findQueueStop(db)).toBeUndefined();
  });

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
