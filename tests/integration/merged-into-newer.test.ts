import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const SETTLED_MS = 7 * MINUTE_MS;

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("a lead that was merged into a newer one of ours, on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice({ now: () => clock });
    clock = Date.now();
    author = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const round = () => deliverRound(db, now);
  const copies = (id: string) => practice.incomingLeads().filter((item) => item.requestId === id);
  const save = async (phone: string) => {
    const lead = aLead({ surname: randomUUID().slice(0, 8), phone });
    await createLead(lead, author, db, clock, RULES);
    return lead;
  };
  const saveMapping = (isReferenced: boolean) => {
    const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    const mapping = {
      pipelineId: 12984871,
      fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
      reference: isReferenced ? { entity: "leads", fieldId } : undefined,
    };
    return saveFirstMapping(mappingSchema.parse(mapping), db);
  };

  test.each([
    { isReferenced: true, laterMs: MINUTE_MS },
    { isReferenced: false, laterMs: MINUTE_MS },
    { isReferenced: true, laterMs: 20 * MINUTE_MS },
    { isReferenced: false, laterMs: 20 * MINUTE_MS },
  ])("before we look is for a person, and not sent again: %o", async ({ isReferenced, laterMs }) => {
    await saveMapping(isReferenced);
    // One of ours stands there since long ago.
    await save("+7 900 000-00-01");
    await round();
    clock += 10 * MINUTE_MS;
    const lead = await save("+7 900 000-00-02");
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    // Until then Kommo does not answer any look.
    await db
      .updateTable("leads")
      .set({ due_at: clock + laterMs + SETTLED_MS })
      .where("id", "=", lead.id)
      .execute();
    clock += laterMs;
    const newer = await save("+7 900 000-00-02");
    await round();
    clock += MINUTE_MS / 2;
    await practice.control.mergeLeads({
      leadId: copies(lead.id)[0]?.leadId ?? 0,
      intoId: copies(newer.id)[0]?.leadId ?? 0,
    });

    clock += SETTLED_MS;
    await round();
    await round();

    expect(copies(lead.id)).toHaveLength(1);
    expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin" });
  });
});
