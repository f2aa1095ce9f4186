import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { toComplexLead } from "@/lib/domain/mapping/payload/to-complex-lead";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { getEnv } from "@/lib/env";
import { sendComplexLeads } from "@/lib/kommo/complex-leads";
import { listAttempts } from "@/lib/leads/queries";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import type { Fault, Practice } from "@/practice/server";
import { aLeadToSend } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aTime, aTrial, type Time, type Trial } from "@/tests/support/delivery-table";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { freeSlot } from "@/tests/support/slots";
import { sleepBy } from "@/tests/support/timers";

const SECOND_MS = 1000;
const COMPLEX = "/api/v4/leads/complex";
const PIPELINE = 12984871;
const PHONE = "+7 900 555-00-00";
const PLAIN = mappingSchema.parse({
  pipelineId: PIPELINE,
  fields: {
    phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    comment: { entity: "leads", fieldId: 1711084, type: "text" },
  },
});
const REFERENCED = {
  ...PLAIN,
  fields: { phone: PLAIN.fields.phone },
  reference: { entity: "leads" as const, fieldId: 1711084, type: "text" },
};

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

let practice: Practice;
let time: Time;

async function start(): Promise<void> {
  time = aTime();
  sleepBy({ now: time.ours, set: (at) => time.pass(at - time.ours()) });
  practice = await openPractice({ now: () => time.kommo() });
  Object.assign(getEnv().kommo, { allowsComplex: true });
}

afterAll(() => vi.unstubAllEnvs());

function aComplexLead(fields: object = {}, change: object = {}) {
  return {
    ...toComplexLead(toIncomingLead(aLeadToSend({ phone: "+79005550000", ...fields }), REFERENCED)),
    ...change,
  };
}
/** On a connection of its own: a kept one would lead to the practice Kommo of an earlier test on the same port. */
async function ask(path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${practice.token}`, connection: "close" };
  const answer = await fetch(practice.url + path, { ...init, headers });
  return { status: answer.status, body: await answer.json() };
}
async function post(leads: unknown) {
  return ask(COMPLEX, { method: "POST", body: JSON.stringify(leads) });
}
const options = () => ({ slot: freeSlot, connection: { baseUrl: practice.url, token: practice.token } });

describe("the practice Kommo's /leads/complex", () => {
  beforeEach(start);
  afterEach(() => practice.close());

  test("makes an incoming lead of what has a form's metadata, and another lead of what has none", async () => {
    const { _embedded, ...lead } = aComplexLead({ id: "other", phone: "+79005550001" });
    const answer = await post([aComplexLead(), { ...lead, _embedded: { contacts: _embedded.contacts } }]);

    expect(answer.body).toEqual([
      {
        id: expect.any(Number),
        contact_id: expect.any(Number),
        company_id: null,
        request_id: [aLeadToSend().id],
        merged: false,
      },
      {
        id: expect.any(Number),
        contact_id: expect.any(Number),
        company_id: null,
        request_id: ["other"],
        merged: false,
      },
    ]);
    const listed = await ask("/api/v4/leads/unsorted");
    expect(listed.body._embedded.unsorted).toMatchObject([
      { category: "forms", source_uid: null, _embedded: { leads: [{ id: answer.body[0].id }] } },
    ]);
  });

  test("merges into an open lead with the same phone, and not into one of the same request unless it joins them", async () => {
    const first = await post([aComplexLead({ id: "one" }), aComplexLead({ id: "two" })]);
    const second = await post([aComplexLead({ id: "three" })]);
    practice.control.setSwitch("duplicatesOfRequest", "joined");
    const third = await post([
      aComplexLead({ id: "a", phone: "+79005550009" }),
      aComplexLead({ id: "b", phone: "+79005550009" }),
    ]);
    practice.control.setSwitch("duplicateControl", false);
    const fourth = await post([aComplexLead({ id: "four" })]);

    expect(first.body.map(({ merged }: { merged: boolean }) => merged)).toEqual([false, false]);
    expect(second.body).toMatchObject([{ id: first.body[0].id, request_id: ["three"], merged: true }]);
    expect(third.body).toMatchObject([{ request_id: ["a", "b"], merged: false }]);
    expect(fourth.body).toMatchObject([{ merged: false }]);
  });

  test.each([
    [
      "a category that is none",
      aComplexLead(
        {},
        { _embedded: { metadata: { ...aComplexLead()._embedded.metadata, category: "mail" } } },
      ),
      "_embedded.metadata.category",
    ],
    [
      "metadata without the time",
      aComplexLead({}, { _embedded: { metadata: { category: "forms", form_id: "1", form_name: "1" } } }),
      "_embedded.metadata.form_sent_at",
    ],
    ["a key that it does not know", aComplexLead({}, { source_uid: "x" }), "source_uid"],
    [
      "41 values",
      aComplexLead(
        {},
        { custom_fields_values: [{ field_id: 1711084, values: Array(41).fill({ value: "x" }) }] },
      ),
      "custom_fields_values",
    ],
  ])("refuses %s, and the whole request with it", async (_, lead, path) => {
    const answer = await post([aComplexLead({ id: "good" }), lead]);

    expect(answer.status).toBe(400);
    expect(answer.body["validation-errors"]).toMatchObject([{ errors: [{ path }] }]);
    expect(practice.incomingLeads()).toEqual([]);
  });

  test("refuses more than fifty, and nothing at all", async () => {
    expect((await post(Array(51).fill(aComplexLead()))).status).toBe(422);
    expect((await post([])).status).toBe(400);
  });
});

describe("leads to /leads/complex", () => {
  beforeEach(start);
  afterEach(() => practice.close());

  test("come back by each request id, several of which may be one lead, and merged ones say so", async () => {
    const known = await sendComplexLeads([aComplexLead({ id: "one" })], options());
    practice.control.setSwitch("duplicatesOfRequest", "joined");
    const arrivals = await sendComplexLeads(
      [
        aComplexLead({ id: "two" }),
        aComplexLead({ id: "a", phone: "+79005550009" }),
        aComplexLead({ id: "b", phone: "+79005550009" }),
      ],
      options(),
    );

    expect(arrivals.get("two")).toEqual({ ...known.get("one"), isMerged: true });
    expect(arrivals.get("a")).toEqual({
      uid: null,
      leadId: expect.any(Number),
      contactId: expect.any(Number),
    });
    expect(arrivals.get("b")).toEqual({ ...arrivals.get("a"), isMerged: true });
  });

  test("a rejection names the lead's own fields as one of the forms does", async () => {
    const call = sendComplexLeads(
      [aComplexLead({}, { custom_fields_values: [{ field_id: 1, values: [{ value: "x" }] }] })],
      options(),
    );

    await expect(call).rejects.toMatchObject({
      code: "refused",
      detail: [{ errors: [{ path: "_embedded.leads.0.custom_fields_values.0.field_id" }] }],
    });
  });

  test.each([
    ["an empty object", "{}"],
    ["a list without request ids", JSON.stringify([{ id: 5, merged: false }])],
    ["a list without lead ids", JSON.stringify([{ request_id: ["one"], merged: false }])],
  ])("nothing has arrived for sure after %s", async (_, body) => {
    practice.failNext({ kind: "answer", status: 200, body, isApplied: true } as Fault);

    const result = await sendComplexLeads([aComplexLead({ id: "one" })], options()).catch(
      (error) => error.code,
    );

    expect(result === "unclear" || result.size === 0).toBe(true);
  });
});

/** Nothing is lost, doubled or stuck; without a reference field a person may be asked. */
const ROWS: [string, (trial: Trial) => Promise<void>][] = [
  ...(["500-json", "500-html", "502", "504", "400-system", "429-json"] as const).map(
    (kind): [string, (trial: Trial) => Promise<void>] => [
      `Kommo applies a batch and answers ${kind}`,
      async (trial) => {
        await trial.save(3);
        practice.failNext({
          kind,
          isApplied: true,
          ...(kind === "429-json" && { retryAfter: 3 }),
          method: "POST",
        } as Fault);
        await trial.round();
      },
    ],
  ),
  ...(
    [
      "after-garbage",
      "after-without-request-ids",
      "after-without-lead-ids",
      "truncated",
      "cut-after",
    ] as const
  ).map((kind): [string, (trial: Trial) => Promise<void>] => [
    `a batch is applied and its answer is ${kind}`,
    async (trial) => {
      await trial.save(3);
      practice.failNext({ kind, method: "POST" } as Fault);
      await trial.round();
    },
  ]),
  [
    "Kommo takes none of it and answers 503",
    async (trial) => {
      await trial.save(3);
      practice.failNext({ kind: "503", method: "POST" });
      await trial.round();
    },
  ],
  [
    "a batch is applied 160 s later",
    async (trial) => {
      await trial.save(3);
      practice.failNext({ kind: "hold-504", ms: 160 * SECOND_MS, method: "POST" });
    },
  ],
  [
    "one of a batch of sixty is rejected",
    async (trial) => {
      practice.control.setPoison({ marker: "яд", path: "custom_fields_values.0.values.0.value" });
      await trial.save(30);
      await trial.save(1, { name: "яд" });
      await trial.save(29);
    },
  ],
  [
    "Kommo merges it into a lead that was there, and its answer is lost",
    async (trial) => {
      await trial.save(1, { phone: PHONE });
      await trial.settle();
      for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);
      time.pass(5 * 60 * SECOND_MS);
      await trial.save(1, { phone: PHONE });
      practice.failNext({ kind: "cut-after", method: "POST" });
    },
  ],
  [
    "all of a batch are declined while they are unconfirmed",
    async (trial) => {
      await trial.save(3);
      practice.failNext({ kind: "500-html", isApplied: true, method: "POST" });
      await trial.round();
      for (const { leadId } of practice.incomingLeads()) await practice.control.decline(leadId);
    },
  ],
];
const DATABASES = [migratedDatabases[0], migratedDatabases.at(-1)].flatMap((database) => database ?? []);

describe.each(DATABASES)("leads that go by /leads/complex on $name", ({ open, isSqlite }) => {
  let db: Db;
  let author: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    await start();
    author = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  async function aDesk(mapping: Mapping = REFERENCED): Promise<Trial> {
    await saveFirstMapping(mapping, db);
    return aTrial(db, practice, author, time, mapping);
  }

  test("arrive as incoming leads without a uid, and what was sent is told as it was sent", async () => {
    const trial = await aDesk();
    const [lead] = await trial.save(3);

    await trial.settle();

    const saved = await readLead(lead?.id ?? "", db);
    expect(saved).toMatchObject({ state: "confirmed", mergedAt: null });
    expect(practice.incomingLeads()).toHaveLength(3);
    expect(practice.journal.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
      COMPLEX,
    ]);
    const [attempt] = await listAttempts(lead?.id ?? "", db);
    expect(JSON.parse(attempt?.request ?? "")).toMatchObject({
      request_id: lead?.id,
      _embedded: { metadata: { category: "forms" } },
    });
  });

  test("one that Kommo merges into a lead that was there says so, and counts as arrived", async () => {
    const trial = await aDesk();
    const [first] = await trial.save(1, { phone: PHONE });
    await trial.settle();
    const [second] = await trial.save(1, { phone: PHONE });
    await trial.settle();
    await watchForTwins(db, time.ours);

    const [one, two] = [await readLead(first?.id ?? "", db), await readLead(second?.id ?? "", db)];
    expect(two).toMatchObject({
      state: "confirmed",
      kommoLeadId: one.kommoLeadId,
      mergedAt: time.ours(),
      twinUrl: null,
    });
    expect(one.mergedAt).toBeNull();
  });

  test("with more than forty values one goes by the forms, where Kommo takes it", async () => {
    const options = Array.from({ length: 41 }, (_, index) => `Курс ${index}`);
    const fieldId = practice.control.addField({
      entity: "leads",
      name: "Курсы",
      type: "multiselect",
      options,
    });
    const known = options.map((value, index) => ({ id: fieldId + 1 + 2 * index, value }));
    const target = { entity: "leads" as const, fieldId, type: "multiselect", options: known };
    const key = `leads:${fieldId}`;
    const trial = await aDesk(
      mappingSchema.parse({
        ...REFERENCED,
        custom: [{ key, target, label: { en: "Courses", ru: "Курсы" } }],
      }),
    );
    await trial.save(1, { custom: { [key]: known.map(({ id }) => String(id)) } });
    await trial.save(1);

    await trial.settle();

    expect(practice.incomingLeads()).toHaveLength(2);
    expect(practice.journal.filter(({ method }) => method === "POST").map(({ path }) => path)).toEqual([
      "/api/v4/leads/unsorted/forms",
    ]);
  });

  const rows = ROWS.filter((_, index) => isSqlite || index % 4 === 0);
  describe.each([
    ["with a reference field", REFERENCED],
    ["without one", PLAIN],
  ] as const)("%s", (_, mapping) => {
    test.each(rows)("%s", { timeout: 60_000 }, async (_name, run) => {
      const trial = await aDesk(mapping);

      await run(trial);
      const counts = await trial.judge();

      expect(counts).toMatchObject({ lost: 0, doubled: 0, stuck: 0 });
    });
  });
});
