import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import { resendLeads } from "@/lib/delivery/mutations";
import { findInKommo } from "@/lib/delivery/queries";
import { settleFound } from "@/lib/delivery/settle-found";
import { listShown } from "@/lib/delivery/verify/list-shown";
import type { Lead } from "@/lib/domain/lead/schema";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { findQueueStop } from "@/lib/queue/halt";
import type { Practice } from "@/practice/server";
import * as builders from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { lookAgain, prepareLooks } from "@/tests/support/outcomes";
import { insertSeller } from "@/tests/support/people";
import { callPractice, postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { freeSlot } from "@/tests/support/slots";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const PHONE = { entity: "contacts", fieldId: 467700, enumCode: "WORK" };

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("decisions on many leads on $name", ({ open }) => {
  let db: Db;
  let author: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    author = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const publish = (more: Partial<Mapping> = {}) =>
    saveFirstMapping(mappingSchema.parse({ pipelineId: 12984871, fields: { phone: PHONE }, ...more }), db);
  const round = () => deliverRound(db, Date.now);
  const look = async (...leads: Lead[]) => {
    const found = await findInKommo(
      leads.map(({ id }) => id),
      db,
    );
    return typeof found === "object" ? found : undefined;
  };
  const toArrival = (lead: Lead) => practice.incomingLeads().find(({ requestId }) => requestId === lead.id);
  const toKommoId = (lead: Lead) => toArrival(lead)?.leadId ?? 0;
  /** In Kommo, unless it is cut off before; here nobody knows. */
  const saveUndecided = async (
    fields: Partial<Lead> = {},
    kind: "cut-after" | "cut-before" = "cut-after",
  ) => {
    const lead = builders.aLead(fields);
    await createLead(lead, author, db, Date.now(), RULES);
    practice.failNext({ kind, method: "POST" });
    await round();
    const waits = { state: "needs_admin", problem: "unclear" };
    await db.updateTable("leads").set(waits).where("id", "=", lead.id).execute();
    return lead;
  };
  const toSeen = async (lead: Lead) => {
    const { sentAt } = await readLead(lead.id, db);
    return { id: lead.id, state: "needs_admin" as const, sentAt };
  };

  test("a lead that is still incoming is found by our id", async () => {
    await publish();
    const lead = await saveUndecided();

    const url = `${practice.url}/leads/detail/${toKommoId(lead)}`;
    expect(await look(lead)).toEqual({
      isWhole: true,
      leads: [
        {
          id: lead.id,
          isExact: true,
          candidates: [{ kommoLeadId: toKommoId(lead), url, name: null, contact: null, madeAt: null }],
          deleted: [],
        },
      ],
    });
  });

  test("a lead that was accepted and renamed is found by its reference", async () => {
    const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    await publish({ reference: { entity: "leads", fieldId } });
    const lead = await saveUndecided();
    await practice.control.accept(toKommoId(lead));
    const renamed = { method: "PATCH", body: JSON.stringify({ name: "Переименован" }) };
    await callPractice(practice, `/api/v4/leads/${toKommoId(lead)}`, renamed);

    expect((await look(lead))?.leads).toMatchObject([
      { isExact: true, candidates: [{ kommoLeadId: toKommoId(lead) }] },
    ]);
  });

  test("without a reference whoever has its contact or its name is shown, the nearest first", async () => {
    await publish();
    const lead = await saveUndecided({ surname: "Петров" });
    const absent = await saveUndecided({ surname: "Другой", phone: "+7 900 000-00-09" }, "cut-before");
    await practice.control.accept(toKommoId(lead));

    const found = await look(lead, absent);
    const byId = new Map(found?.leads.map((one) => [one.id, one]));

    expect(found?.isWhole).toBe(true);
    expect(byId.get(lead.id)).toMatchObject({
      isExact: false,
      candidates: [
        {
          kommoLeadId: toKommoId(lead),
          name: "Заявка: Иван Петров",
          contact: expect.stringContaining("+7 900"),
        },
      ],
    });
    expect(byId.get(absent.id)?.candidates).toEqual([]);
  });

  test("leads of ours are nobody else's, and what is not undecided is not looked for", async () => {
    await publish();
    const other = builders.aLead({ surname: "Петров" });
    await createLead(other, author, db, Date.now(), RULES);
    await round();
    await practice.control.accept(toKommoId(other));
    const lead = await saveUndecided({ surname: "Иванов" }, "cut-before");

    expect((await look(lead, other))?.leads).toEqual([
      { id: lead.id, isExact: false, candidates: [], deleted: [] },
    ]);
  });

  test("without a reference what was declined is shown by its id, and is confirmed as declined once a person knows it", async () => {
    await publish();
    const lead = await saveUndecided({ surname: "Петров" });
    const kommoLeadId = toKommoId(lead);
    await practice.control.decline(kommoLeadId);

    const url = `${practice.url}/leads/detail/${kommoLeadId}`;
    expect(await look(lead)).toEqual({
      isWhole: true,
      leads: [{ id: lead.id, isExact: false, candidates: [], deleted: [{ kommoLeadId, url }] }],
    });
    expect(await settleFound([{ ...(await toSeen(lead)), kommoLeadId }], author, db)).toEqual([]);
    await prepareLooks(db, Date.now);
    await lookAgain(db, Date.now);
    await lookAgain(db, Date.now);
    expect(await readLead(lead.id, db)).toMatchObject({
      state: "confirmed",
      kommoLeadId,
      outcome: "declined",
    });
  });

  test("a list that could not be read to its end is told, and a Kommo that does not answer", async () => {
    await publish();
    const lead = await saveUndecided({ surname: "Петров" }, "cut-before");
    await saveUndecided({ surname: "Иванов" });
    practice.control.setSwitch("oddRecords", true);

    expect(await look(lead)).toMatchObject({ isWhole: false });
    practice.failNext({ kind: "503", method: "GET" });
    expect(await look(lead)).toBeUndefined();
  });

  test("a token that may not read leads is told to who asks, and halts nothing", async () => {
    await publish();
    const lead = await saveUndecided();
    practice.failNext({ kind: "answer", status: 403, method: "GET", path: "/leads" }, 50);

    expect(await findInKommo([lead.id], db)).toBe("reading_forbidden");
    const settled = settleFound([{ ...(await toSeen(lead)), kommoLeadId: toKommoId(lead) }], author, db);
    await expect(settled).rejects.toMatchObject({ fields: { kommoLeadId: "reading_forbidden" } });
    expect(await findQueueStop(db)).toBeUndefined();
    expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin" });
  });

  test("a Kommo that refuses its account, too, when a person looks there halts the queue", async () => {
    await publish();
    const lead = await saveUndecided();
    practice.failNext({ kind: "answer", status: 403, method: "GET" }, 50);

    expect(await findInKommo([lead.id], db)).toBeUndefined();
    expect(await findQueueStop(db)).toMatchObject({ kind: "halted" });
  });

  describe("with a reference", () => {
    beforeEach(async () => {
      const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
      await publish({ reference: { entity: "leads", fieldId } });
    });

    /** Kommo lists one more lead that cannot be read. */
    const lookPastOdd = async (lead: Lead) => {
      const transport: Transport = async (url, message) => {
        if (!url.search.includes("order[id]=desc")) return send(url, message);
        const page = JSON.stringify({ _embedded: { leads: [{ id: "odd" }] } });
        const headers = { "content-type": "application/json" };
        return Object.assign(Readable.from([Buffer.from(page)]), { statusCode: 200, headers });
      };
      return listShown([lead.id], { slot: freeSlot, connection: await getConnection(db), transport }, db);
    };

    test("a reading by reference that is not whole is told", async () => {
      const lead = await saveUndecided({}, "cut-before");

      expect((await look(lead))?.isWhole).toBe(true);
      expect((await lookPastOdd(lead)).isWhole).toBe(false);
    });

    test("a lead that was sent before ids were noted is looked for by its reference, too", async () => {
      const lead = await saveUndecided();
      await practice.control.accept(toKommoId(lead));
      await db.updateTable("leads").set({ sent_above_id: null }).execute();

      expect((await look(lead))?.leads).toMatchObject([
        { isExact: true, candidates: [{ kommoLeadId: toKommoId(lead) }] },
      ]);
    });
  });

  test('"they are there" confirms what Kommo has, and tells of each other lead why it stays', async () => {
    await publish();
    const [there, taken] = [
      await saveUndecided({ surname: "Первый" }),
      await saveUndecided({ surname: "Второй" }),
    ];
    const [unknown, changed] = [
      await saveUndecided({ surname: "Третий" }, "cut-before"),
      await saveUndecided({ surname: "Четвёртый" }),
    ];
    const seen = await Promise.all([there, taken, unknown, changed].map(toSeen));
    const ids = [toKommoId(there), toKommoId(there), 999_999_999, toKommoId(changed)];
    await db.updateTable("leads").set({ sent_at: 7 }).where("id", "=", changed.id).execute();

    const unchanged = await settleFound(
      seen.map((one, index) => ({ ...one, kommoLeadId: ids[index] ?? 0 })),
      author,
      db,
    );

    expect(unchanged).toEqual([
      { id: taken.id, reason: "id_taken" },
      { id: unknown.id, reason: "id_unknown" },
      { id: changed.id, reason: "changed_meanwhile" },
    ]);
    expect(await readLead(there.id, db)).toMatchObject({ state: "confirmed", kommoLeadId: toKommoId(there) });
    for (const lead of [taken, unknown, changed])
      expect(await readLead(lead.id, db)).toMatchObject({ state: "needs_admin" });
  });

  test('"it is there" confirms a lead beyond the first page of an account that ignores filters', async () => {
    await publish();
    for (let page = 1; page <= 6; page++) {
      const items = Array.from({ length: 50 }, () => anItem());
      expect((await postItems(practice, items)).status).toBe(200);
    }
    const lead = await saveUndecided();
    practice.control.setSwitch("filters", false);

    expect(
      await settleFound([{ ...(await toSeen(lead)), kommoLeadId: toKommoId(lead) }], author, db),
    ).toEqual([]);
    expect(await readLead(lead.id, db)).toMatchObject({ state: "confirmed" });
  });

  test("what is sent next is above the id that a person has named, also once that lead is erased", async () => {
    await publish();
    const there = await saveUndecided();
    const kommoLeadId = toKommoId(there);
    await settleFound([{ ...(await toSeen(there)), kommoLeadId }], author, db);
    await db.deleteFrom("attempt_leads").execute();
    await db.deleteFrom("leads").execute();

    const next = await saveUndecided();

    const { sent_above_id } = await db
      .selectFrom("leads")
      .select("sent_above_id")
      .where("id", "=", next.id)
      .executeTakeFirstOrThrow();
    expect(sent_above_id).toBe(kommoLeadId);
  });

  test("of two people who decide about the same leads at once each lead has one decision", async () => {
    await publish();
    const leads: Lead[] = [];
    for (let index = 0; index < 6; index++) leads.push(await saveUndecided({ surname: `Лид ${index}` }));
    const seen = await Promise.all(leads.map(toSeen));
    const settlements = seen.map((one, index) => ({
      ...one,
      kommoLeadId: toKommoId(leads[index] ?? builders.aLead()),
    }));

    const [notSettled, notResent] = await Promise.all([
      settleFound(settlements, author, db),
      resendLeads(seen.toReversed(), author, db),
    ]);

    expect(notSettled.length + notResent.length).toBe(leads.length);
    const decided = await db.selectFrom("audit").select(["action", "lead_id"]).execute();
    expect(decided.map(({ lead_id }) => lead_id).sort()).toEqual(leads.map(({ id }) => id).sort());
  });
});
