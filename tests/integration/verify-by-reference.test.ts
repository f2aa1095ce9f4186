import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { getDelivery } from "@/lib/delivery/queries";
import { settleFound } from "@/lib/delivery/settle-found";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
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

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const SETTLED_MS = 7 * MINUTE_MS;

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("verification by reference on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;
  let mapping: Mapping;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    clock = Date.now();
    author = await insertSeller(db);
    const fieldId = practice.control.addField({ entity: "leads", name: "Lead Desk ID", type: "text" });
    mapping = mappingSchema.parse({
      pipelineId: 12984871,
      fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
      reference: { entity: "leads", fieldId },
    });
    await saveFirstMapping(mapping, db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const round = () => deliverRound(db, now);
  const save = async (fields: Partial<Lead> = {}) => {
    const lead = builders.aLead({ surname: randomUUID().slice(0, 8), ...fields });
    await createLead(lead, author, db, clock, RULES);
    return lead;
  };
  const read = (lead: Lead) => readLead(lead.id, db);
  const copies = (lead: Lead) => practice.incomingLeads().filter((item) => item.requestId === lead.id);
  const change = (leadId: number, body: object) =>
    callPractice(practice, `/api/v4/leads/${leadId}`, { method: "PATCH", body: JSON.stringify(body) });

  test("a lead that was accepted and renamed, and whose contact has another phone by now, is found", async () => {
    const lead = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);
    await change(leadId, { name: "Переименован" });
    await db.updateTable("leads").set({ phone: "+79990000000" }).where("id", "=", lead.id).execute();

    clock += 10_000;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });

  test("a stranger made at the same time leaves no doubt: what carries no reference of ours is absent", async () => {
    const [stranger, lead] = [await save(), builders.aLead({ phone: "+7 900 000-00-02" })];
    await round();
    await practice.control.accept(copies(stranger)[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ kommo_lead_id: null }).where("id", "=", stranger.id).execute();
    await createLead(lead, author, db, clock, RULES);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    expect(copies(lead)).toHaveLength(1);
  });

  test("what Kommo lists and we cannot read may be the lead: a person decides", async () => {
    await save({ phone: "+7 900 000-00-02" });
    await round();
    const lead = await save();
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    practice.control.setSwitch("oddRecords", true);

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(copies(lead)).toHaveLength(0);
  });

  test("a lead that was sent before there was a reference is matched as before", async () => {
    const lead = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.accept(copies(lead)[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ mapping_version: null, sent_reference: null }).execute();

    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
  });

  /** A lead whose request was cut off, after it was applied or before. */
  const saveUnconfirmed = async (kind: "cut-after" | "cut-before") => {
    const lead = await save();
    practice.failNext({ kind, method: "POST" });
    await round();
    return lead;
  };
  const declineStranger = async () => {
    const stranger = builders.aLead();
    const item = toIncomingLead(builders.aLeadToSend(stranger), { ...mapping, reference: null });
    await postItems(practice, [item]);
    const { leadId } = copies(stranger)[0] ?? { leadId: 0 };
    await practice.control.decline(leadId);
  };
  const lookOnceSettled = async () => {
    clock += SETTLED_MS;
    await round();
    await round();
  };

  test("a lead that was declined before we looked settles as declined", async () => {
    const lead = await saveUnconfirmed("cut-after");
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await practice.control.decline(leadId);
    await declineStranger();

    await lookOnceSettled();

    expect(await read(lead)).toMatchObject({ state: "confirmed", outcome: "declined", kommoLeadId: leadId });
    expect(copies(lead)).toHaveLength(1);
  });

  test.each([
    ["events do not tell what leads were created with", { isTold: false, status: 200 }],
    ["a token may not read events", { isTold: true, status: 403 }],
  ])("where %s, a declined lead is for a person", async (_, { isTold, status }) => {
    const lead = await saveUnconfirmed("cut-after");
    await practice.control.decline(copies(lead)[0]?.leadId ?? 0);
    practice.control.setSwitch("createdValuesTold", isTold);
    if (status === 403) practice.failNext({ kind: "answer", status, path: "/events", method: "GET" });

    await lookOnceSettled();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(copies(lead)).toHaveLength(1);
  });

  test("nobody is asked about a stranger in the trash once events tell the reference of an incoming lead", async () => {
    await save();
    await round();
    await prepareLooks(db, now);
    await lookAgain(db, now);
    const lead = await saveUnconfirmed("cut-before");
    await declineStranger();

    await lookOnceSettled();

    expect(await read(lead)).toMatchObject({ state: "confirmed", outcome: null });
    expect(copies(lead)).toHaveLength(1);
  });

  test("without such a proof a stranger in the trash may be ours", async () => {
    const lead = await saveUnconfirmed("cut-before");
    await declineStranger();

    await lookOnceSettled();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
  });

  const countLooksById = () =>
    practice.journal.filter(({ path }) => path.startsWith("/api/v4/leads?") && path.includes("filter[id]"))
      .length;

  describe("whether Kommo shows leads of ours", () => {
    beforeEach(async () => {
      await save({ phone: "+7 900 000-00-02" });
      await round();
      clock += SETTLED_MS;
    });
    const forgetReference = () =>
      db.updateTable("leads").set({ mapping_version: null, sent_reference: null }).execute();
    const ways: [string, () => Promise<unknown>][] = [
      ["by reference", async () => {}],
      ["by contact", forgetReference],
    ];

    test.each(ways)(
      "is asked before a lead that is looked for %s is said to be absent",
      async (_, prepare) => {
        const lead = await saveUnconfirmed("cut-before");
        await prepare();

        await lookOnceSettled();

        expect(await read(lead)).toMatchObject({ state: "confirmed" });
        expect(countLooksById()).toBe(1);
      },
    );

    test.each(ways)(
      "is not asked when the only lead looked for %s may be in the trash",
      async (_, prepare) => {
        const lead = await saveUnconfirmed("cut-before");
        await declineStranger();
        practice.control.setSwitch("createdValuesTold", false);
        await prepare();

        await lookOnceSettled();

        expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
        expect(countLooksById()).toBe(0);
      },
    );

    test("is not asked when events tell that the only lead looked for was declined", async () => {
      const lead = await saveUnconfirmed("cut-after");
      await practice.control.decline(copies(lead)[0]?.leadId ?? 0);

      await lookOnceSettled();

      expect(await read(lead)).toMatchObject({ state: "confirmed", outcome: "declined" });
      expect(countLooksById()).toBe(0);
    });
  });

  test("a late copy is found below the leads that came between it and the next sending", async () => {
    const lead = await save();
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    clock += SETTLED_MS;
    await round();
    await db
      .updateTable("leads")
      .set({ due_at: clock + MINUTE_MS })
      .execute();
    await postItems(practice, [toIncomingLead(builders.aLeadToSend(lead), mapping)]);
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);
    await save({ phone: "+7 900 000-00-03" });
    await round();

    clock += MINUTE_MS;
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
    expect(copies(lead)).toHaveLength(1);
  });

  test("a token that may not read leads halts nothing while one that was sent again is watched", async () => {
    await save();
    await round();
    await db
      .updateTable("leads")
      .set({ watch_until: clock + MINUTE_MS })
      .execute();
    practice.failNext({ kind: "answer", status: 403, method: "GET", path: "/leads" }, 50);

    expect(await watchForTwins(db, now)).toBe(0);

    expect(await findQueueStop(db)).toBeUndefined();
  });

  test("a second copy that turns up after a lead was sent again is marked", async () => {
    const lead = await save();
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    clock += SETTLED_MS;
    await round();
    await round();
    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    expect(await watchForTwins(db, now)).toBe(0);

    const [item] = copies(lead);
    if (!item) throw new Error("no copy");
    await postItems(practice, [item.item]);

    expect(await watchForTwins(db, now)).toBe(1);
    const row = await db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
    expect(row.twin_id).toBe(copies(lead).find(({ leadId }) => leadId !== item.leadId)?.leadId);
    const toUrl = (id: number | null | undefined) => `${practice.url}/leads/detail/${id}`;
    const both = {
      id: lead.id,
      kommoUrl: toUrl((await read(lead)).kommoLeadId),
      twinUrl: toUrl(row.twin_id),
    };
    expect((await getDelivery(db, clock)).doubled).toMatchObject([both]);
    expect((await getDelivery(db, clock + 9 * 24 * 60 * MINUTE_MS)).doubled).toEqual([]);
    expect(await watchForTwins(db, now)).toBe(0);
  });

  test("two accepted leads of one are found in one look: the first is it, and it is shown as doubled", async () => {
    const lead = await saveUnconfirmed("cut-after");
    const [item] = copies(lead);
    await postItems(practice, item ? [item.item] : []);
    const ids = copies(lead)
      .map(({ leadId }) => leadId)
      .toSorted((one, other) => one - other);
    for (const leadId of ids) await practice.control.accept(leadId);

    clock += 10_000;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: ids[0] });
    const toUrl = (id: number | undefined) => `${practice.url}/leads/detail/${id}`;
    const both = { id: lead.id, kommoUrl: toUrl(ids[0]), twinUrl: toUrl(ids[1]) };
    expect((await getDelivery(db, clock)).doubled).toMatchObject([both]);
  });

  test('"it is there" is believed only when Kommo has that lead', async () => {
    const lead = await save();
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await db.updateTable("leads").set({ state: "needs_admin", problem: "unclear" }).execute();
    const { sentAt } = await read(lead);
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    const settle = (kommoLeadId: number) =>
      settleFound([{ id: lead.id, state: "needs_admin", sentAt, kommoLeadId }], author, db, now);

    expect(await settle(999_999_999)).toEqual([{ id: lead.id, reason: "id_unknown" }]);
    practice.failNext({ kind: "503", method: "GET" });
    await expect(settle(leadId)).rejects.toMatchObject({ fields: { kommoLeadId: "kommo_silent" } });
    expect(await read(lead)).toMatchObject({ state: "needs_admin" });
    await settle(leadId);

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });
});
