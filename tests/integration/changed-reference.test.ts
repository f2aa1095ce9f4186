import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import type { Db } from "@/lib/db/client";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { freeSlot } from "@/tests/support/slots";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const SETTLED_MS = 7 * MINUTE_MS;

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

/** The token's person may not see the fields of leads. */
const withoutFields: Transport = async (url, message) => {
  const answer = await send(url, message);
  if (message.method !== "GET" || !url.pathname.endsWith("/leads")) return answer;
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8").replaceAll('"custom_fields_values":', '"hidden":');
  async function* read() {
    yield Buffer.from(text);
  }
  return Object.assign(read(), { statusCode: answer.statusCode, headers: answer.headers });
};

describe.each(migratedDatabases)("a reference field that does not stay, on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;
  let fieldId: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    clock = Date.now();
    author = await insertSeller(db);
    fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    await saveFirstMapping(toMapping(fieldId), db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const toMapping = (id: number) =>
    mappingSchema.parse({
      pipelineId: 12984871,
      fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
      reference: { entity: "leads", fieldId: id },
    });
  const now = () => clock;
  const round = async (transport: Transport = send) =>
    deliverDue(await aDuty(db, now, { network: { takeSlot: freeSlot, transport } }));
  const settle = async (transport?: Transport) => {
    clock += SETTLED_MS;
    await round(transport);
    clock += MINUTE_MS;
    await round(transport);
  };
  const save = async (phone = "+7 900 000-00-02") => {
    const { id, ...lead } = aLead({ surname: randomUUID().slice(0, 8), phone });
    await createLead({ id, ...lead }, author, db, clock, RULES);
    return id;
  };
  const listCopies = (id: string) => practice.incomingLeads().filter(({ requestId }) => requestId === id);
  const accept = async (id: string) => {
    for (const { leadId } of listCopies(id)) await practice.control.accept(leadId);
  };
  const deleteField = () => practice.control.deleteField({ entity: "leads", id: fieldId });
  /** One of ours stands there since long ago. */
  const standOne = async () => {
    await save("+7 900 000-00-01");
    await round();
    clock += 10 * MINUTE_MS;
  };
  const publishAnother = async () => {
    const another = practice.control.addField({ entity: "leads", name: "Another ID", type: "text" });
    const first = await db.selectFrom("mappings").selectAll().executeTakeFirstOrThrow();
    const second = { ...first, version: 2, body: JSON.stringify(toMapping(another)) };
    await db.insertInto("mappings").values(second).execute();
  };

  test("a lead that left without its reference, as Kommo had no such field any more, is matched by its contact", async () => {
    await standOne();
    deleteField();
    await refreshCatalogue({}, db, now, []);
    const id = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);

    await settle();

    expect(listCopies(id)).toHaveLength(1);
    expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
  });

  test("a lead that left with its reference is not absent because the field is deleted since", async () => {
    await standOne();
    const id = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);
    deleteField();

    await settle();

    expect(listCopies(id)).toHaveLength(1);
    expect(await readLead(id, db)).toMatchObject({ state: "needs_admin", problem: "unclear" });
  });

  test("a lead is not absent where Kommo shows our id in none of the leads that have it", async () => {
    await standOne();
    const id = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await accept(id);

    await settle(withoutFields);

    expect(listCopies(id)).toHaveLength(1);
    expect(await readLead(id, db)).toMatchObject({ state: "needs_admin", problem: "unclear" });
  });

  test("a copy with our id in the field of before is found before the lead goes again", async () => {
    const id = await save();
    practice.failNext({ kind: "hold-cut", method: "POST" });
    await round();
    clock += SETTLED_MS;
    await round();
    await publishAnother();
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    await practice.control.applyHeld();
    await accept(id);

    await settle();

    expect(listCopies(id)).toHaveLength(1);
    expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
  });

  test("a late copy with our id in the field of before is told as a double", async () => {
    const id = await save();
    practice.failNext({ kind: "hold-cut", method: "POST" });
    await round();
    await settle();
    expect(await readLead(id, db)).toMatchObject({ state: "confirmed" });
    await publishAnother();
    await practice.control.applyHeld();
    await accept(id);

    expect(await watchForTwins(db, now)).toBe(1);
    expect(listCopies(id)).toHaveLength(2);
  });
});
