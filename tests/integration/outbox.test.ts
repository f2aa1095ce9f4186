import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { createLead } from "@/lib/leads/mutations";
import { getLead, listAttempts } from "@/lib/leads/queries";
import type { Lead } from "@/lib/leads/schema";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { findMapping } from "@/lib/mapping/queries";
import { mappingSchema } from "@/lib/mapping/schema";
import { claimDueLeads } from "@/lib/outbox/claim";
import { deliver } from "@/lib/outbox/deliver";
import { deliverDue } from "@/lib/outbox/loop";
import { type Practice, startPractice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
});

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
  stubSettings(practice.url, practice.token);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await practice.close();
});

describe.each(migratedDatabases)("the outbox on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Date.now();
    author = await insertSeller(db);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const now = () => clock;
  const save = (lead: Lead) => createLead(lead, author, db, clock, RULES);
  const read = (lead: Lead) => getLead(lead.id, {}, db);
  const arrivals = (lead: Lead) => practice.incomingLeads().filter((item) => item.requestId === lead.id);

  test("a due lead arrives with the ids that Kommo gave it", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);

    await deliverDue(db, now);

    const [arrival] = arrivals(lead);
    expect(await read(lead)).toMatchObject({
      state: "confirmed",
      kommoLeadId: arrival?.leadId,
      kommoUrl: `${practice.url}/leads/detail/${arrival?.leadId}`,
      confirmedAt: clock,
    });
  });

  test("a lead on hold stays", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await createLead(lead, author, db, clock, { ...RULES, holdMs: 1 });

    expect(await deliverDue(db, now)).toBe(false);
    clock += 1;
    expect(await deliverDue(db, now)).toBe(true);

    expect(arrivals(lead)).toHaveLength(1);
  });

  test("without a mapping the account's own fields are found by code and name", async () => {
    await deliverDue(db, now);

    expect((await findMapping(db))?.mapping).toMatchObject({
      pipelineId: 12984871,
      fields: {
        phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
        email: { entity: "contacts", fieldId: 467702 },
        telegram: { entity: "contacts", fieldId: 1709360 },
        profession: { entity: "leads", fieldId: 488804 },
        education: { entity: "leads", fieldId: 1711074 },
        income: { entity: "leads", fieldId: 1709444 },
        source: { entity: "leads", fieldId: 467714 },
        utm_medium: { entity: "leads", fieldId: 467710 },
        utm_campaign: { entity: "leads", fieldId: 467712 },
        utm_content: { entity: "leads", fieldId: 467708 },
        utm_term: { entity: "leads", fieldId: 467716 },
        referrer: { entity: "leads", fieldId: 467718 },
      },
    });
  });

  test("the attempt keeps what was sent and what came back, and never the token", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "answer", status: 500, body: `leaked: ${practice.token}`, method: "POST" });

    await deliverDue(db, now);
    clock += MINUTE_MS;
    await deliverDue(db, now);

    const attempts = await listAttempts(lead.id, db);
    expect(attempts.map(({ outcome, status, leadCount }) => ({ outcome, status, leadCount }))).toEqual([
      { outcome: "busy", status: 500, leadCount: 1 },
      { outcome: "confirmed", status: 200, leadCount: 1 },
    ]);
    expect(attempts[0]?.response).toBe("leaked: •••");
    expect(JSON.parse(attempts[1]?.request ?? "")).toEqual(arrivals(lead)[0]?.item);
    expect(JSON.parse(attempts[1]?.response ?? "")).toHaveProperty("_embedded.unsorted.0.uid");
  });

  test.each([
    ["busy", { kind: "answer", status: 503, body: "<html>", contentType: "text/html" }],
    ["too_many_requests", { kind: "answer", status: 429, body: "<html>", contentType: "text/html" }],
    ["busy", { kind: "answer", status: 400, body: { title: "Bad Request", detail: "system error" } }],
    ["token_refused", { kind: "answer", status: 401, body: { title: "Unauthorized" } }],
    ["plan_unpaid", { kind: "answer", status: 402, body: { title: "Payment Required" } }],
    ["blocked", { kind: "answer", status: 403, body: "403 Forbidden", contentType: "text/plain" }],
    ["account_missing", { kind: "answer", status: 404, body: "<html>", contentType: "text/html" }],
  ] as const)("%s keeps the lead and tries it again later", async (problem, fault) => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ ...fault, method: "POST" });

    await deliverDue(db, now);
    const kept = await read(lead);
    expect(kept).toMatchObject({ state: "queued", problem, tries: 1 });
    expect(kept.dueAt - clock).toBeGreaterThanOrEqual(4000);
    expect(await deliverDue(db, now)).toBe(false);

    clock = kept.dueAt;
    await deliverDue(db, now);
    expect(await read(lead)).toMatchObject({ state: "confirmed", problem: null });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a refused lead waits for a person while the others of its batch go", async () => {
    const [sound, poisoned] = [aLead(), aLead({ income: "7" })];
    await saveFirstMapping(
      { ...MAPPING, fields: { ...MAPPING.fields, income: { entity: "leads", fieldId: 999 } } },
      db,
    );
    await save(sound);
    await save(poisoned);

    await deliverDue(db, now);
    await deliverDue(db, now);

    expect(await read(sound)).toMatchObject({ state: "confirmed" });
    expect(await read(poisoned)).toMatchObject({ state: "needs_fix", problem: "refused" });
    expect(arrivals(sound)).toHaveLength(1);
  });

  test("a refusal that names nobody makes the leads go one by one", async () => {
    const leads = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads) await save(lead);
    const errors = [{ code: "FieldMissing", path: "source_uid" }];
    practice.failNext({ kind: "answer", status: 400, body: { "validation-errors": [{ errors }] } });

    for (let round = 0; round < 3; round++) await deliverDue(db, now);

    for (const lead of leads) {
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect(arrivals(lead)).toHaveLength(1);
    }
  });

  test.each(["cut-before", "cut-after"] as const)(
    "a request that is %s is looked up first: one lead",
    async (kind) => {
      const lead = aLead();
      await saveFirstMapping(MAPPING, db);
      await save(lead);
      practice.failNext({ kind, method: "POST" });

      await deliverDue(db, now);
      expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
      clock += MINUTE_MS;
      await deliverDue(db, now);
      await deliverDue(db, now);

      expect(await read(lead)).toMatchObject({ state: "confirmed", problem: null });
      expect(arrivals(lead)).toHaveLength(1);
    },
  );

  test("a success without our id is looked up, never believed", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const body = { _embedded: { unsorted: [{ uid: "a1", request_id: "0" }] } };
    practice.failNext({ kind: "answer", status: 200, body, method: "POST" });

    await deliverDue(db, now);

    expect(await read(lead)).toMatchObject({ state: "checking" });
    expect(await listAttempts(lead.id, db)).toMatchObject([{ outcome: "unclear", status: 200 }]);
  });

  test("a lead whose sender died in flight is looked up before it is sent again", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    await claimDueLeads(db, clock);

    expect(await deliverDue(db, now)).toBe(false);
    clock += 2 * MINUTE_MS;
    const before = practice.journal.length;
    await deliverDue(db, now);
    await deliverDue(db, now);

    expect(practice.journal.slice(before).map((entry) => entry.method)).toEqual(["GET", "POST"]);
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a sender that lost its lease changes nothing by a late failure", async () => {
    const lead = aLead();
    await save(lead);
    const claimed = await claimDueLeads(db, clock);
    const takenOver = { state: "checking", due_at: clock + 3 * MINUTE_MS };
    const failLate = async () => {
      await db.updateTable("leads").set(takenOver).where("id", "=", lead.id).execute();
      throw new AppError("busy");
    };

    await deliver(claimed, { version: 1, mapping: MAPPING }, db, now, failLate);

    expect(await read(lead)).toMatchObject({ state: "checking", dueAt: takenOver.due_at, tries: 0 });
  });

  test("ids that come back late are kept, whoever holds the lease by then", async () => {
    const lead = aLead();
    await save(lead);
    const claimed = await claimDueLeads(db, clock);
    const answerLate = async () => {
      await db
        .updateTable("leads")
        .set({ state: "checking", due_at: clock + 1 })
        .execute();
      return new Map([[lead.id, { uid: "a1", leadId: 7, contactId: null }]]);
    };

    await deliver(claimed, { version: 1, mapping: MAPPING }, db, now, answerLate);

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: 7 });
  });

  test("leads go in the order in which they fell due, fifty at a time", async () => {
    await saveFirstMapping(MAPPING, db);
    const leads = Array.from({ length: 51 }, () => aLead());
    for (const lead of leads) {
      await save(lead);
      clock += 1;
    }

    const first = await claimDueLeads(db, clock);
    const second = await claimDueLeads(db, clock);

    expect(first.map((lead) => lead.id)).toEqual(leads.slice(0, 50).map((lead) => lead.id));
    expect(second.map((lead) => lead.id)).toEqual([leads[50]?.id]);
  });
});
