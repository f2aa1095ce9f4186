import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { readOwnRecords } from "@/lib/delivery/verify/own-records";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { hasLeadsThere, listOurs } from "@/lib/outcomes/known-leads";
import { deleteOverdueLeads } from "@/lib/privacy/mutations";
import { databases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { listPlans } from "@/tests/support/plans";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const DAY_MS = 24 * 60 * 60 * 1000;

type Asked = { what: string; index: string; ask: (db: Db) => Promise<unknown> };

/** Queries about values that a new lead does not have. */
const asked: Asked[] = [
  { what: "leads by Kommo's ids", index: "leads_by_kommo_id", ask: (db) => listOurs([7, 8], db) },
  { what: "whether any is in Kommo", index: "leads_by_kommo_id", ask: hasLeadsThere },
  ...[
    { what: "the contact keys of Kommo's ids", ask: (db: Db) => readOwnRecords(db).findOurs([7, 8]) },
    { what: "Kommo's highest id before a time", ask: (db: Db) => readOwnRecords(db).lastBefore(NOW) },
    { what: "Kommo's lowest id after a time", ask: (db: Db) => readOwnRecords(db).firstAfter(NOW, 7) },
    { what: "the newest unaccepted lead", ask: (db: Db) => readOwnRecords(db).findNewestUnaccepted() },
    { what: "the newest leads that stand", ask: (db: Db) => readOwnRecords(db).listNewestStanding() },
  ].map((one) => ({ ...one, index: "leads_by_kommo_id" })),
  {
    what: "the contact keys of second copies",
    index: "leads_by_twin",
    ask: (db) => readOwnRecords(db).findOurs([7, 8]),
  },
  { what: "the leads watched for twins", index: "leads_watched", ask: (db) => watchForTwins(db, () => NOW) },
  {
    what: "leads beyond the retention period",
    index: "leads_by_end",
    ask: (db) => deleteOverdueLeads(db, NOW),
  },
];

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(databases)("a database from before its indexes left out new leads, on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
    await migrate(db, "0040-overview-outcomes");
    const author_id = await insertSeller(db);
    const row = { author_id, due_at: 0, tries: 0, created_at: NOW, name: "Иван" };
    await db
      .insertInto("leads")
      .values([
        { ...row, id: "new", state: "held" },
        { ...row, id: "there", state: "confirmed", kommo_lead_id: 7, confirmed_at: NOW },
        { ...row, id: "old", state: "confirmed", kommo_lead_id: 6, confirmed_at: NOW - 40 * DAY_MS },
        { ...row, id: "unsure", state: "needs_admin", kommo_lead_id: 8 },
      ])
      .execute();
    await db.updateTable("retention").set({ keep_days: 100 }).execute();
    await migrate(db);
  });
  afterAll(() => db.destroy());

  test.each(asked)("finds $what by $index", async ({ index, ask }) => {
    const plans = await listPlans(db, ask);

    expect(plans.find((plan) => plan.includes(index))).toBeDefined();
  });

  test("finds the leads of Kommo's ids that are confirmed, and none that is not", async () => {
    const ours = await listOurs([6, 7, 8, 9], db);

    expect(ours.map(({ id }) => id).sort()).toEqual(["old", "there"]);
  });

  test("deletes what was delivered before the retention period, and nothing else", async () => {
    await db.updateTable("retention").set({ keep_days: 30 }).execute();

    expect(await deleteOverdueLeads(db, NOW)).toBe(1);

    const left = await db.selectFrom("leads").select("id").orderBy("id").execute();
    expect(left.map(({ id }) => id)).toEqual(["new", "there", "unsure"]);
  });
});
