import { beforeEach, describe, expect, test } from "vitest";
import { getDelivery } from "@/lib/delivery/queries";
import { settleFound } from "@/lib/delivery/settle-found";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { findQueueStop } from "@/lib/queue/halt";
import * as builders from "@/tests/support/builders";
import { migratedDatabases } from "@/tests/support/databases";
import { readLead } from "@/tests/support/leads";
import { lookAgain, prepareLooks } from "@/tests/support/outcomes";
import { callPractice, postItems } from "@/tests/support/practice-calls";
import { beginVerification, MINUTE_MS, SETTLED_MS, toMapping } from "@/tests/support/verification";

describe.each(migratedDatabases)("verification by reference on $name", ({ open }) => {
  const desk = beginVerification(open);
  const { now, save, round } = desk;
  let mapping: Mapping;

  beforeEach(async () => {
    mapping = toMapping(await desk.publishReferenced());
  });

  const read = (lead: Lead) => readLead(lead.id, desk.db);
  const copies = (lead: Lead) => desk.copies(lead.id);
  const change = (leadId: number, body: object) =>
    callPractice(desk.practice, `/api/v4/leads/${leadId}`, { method: "PATCH", body: JSON.stringify(body) });

  test("a lead that was accepted and renamed, and whose contact has another phone by now, is found", async () => {
    const lead = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await desk.practice.control.accept(leadId);
    await change(leadId, { name: "Переименован" });
    await desk.db.updateTable("leads").set({ phone: "+79990000000" }).where("id", "=", lead.id).execute();

    desk.pass(10_000);
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });

  test("a stranger made at the same time leaves no doubt: what carries no reference of ours is absent", async () => {
    const stranger = await save();
    await round();
    await desk.practice.control.accept(copies(stranger)[0]?.leadId ?? 0);
    await desk.db.updateTable("leads").set({ kommo_lead_id: null }).where("id", "=", stranger.id).execute();
    const lead = await save({ phone: "+7 900 000-00-02" });
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    desk.pass(SETTLED_MS);
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    expect(copies(lead)).toHaveLength(1);
  });

  test("what Kommo lists and we cannot read may be the lead: a person decides", async () => {
    await save({ phone: "+7 900 000-00-02" });
    await round();
    const lead = await save();
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    desk.practice.control.setSwitch("oddRecords", true);

    desk.pass(SETTLED_MS);
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(copies(lead)).toHaveLength(0);
  });

  test("a lead that was sent before there was a reference is matched as before", async () => {
    const lead = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await desk.practice.control.accept(copies(lead)[0]?.leadId ?? 0);
    await desk.db.updateTable("leads").set({ mapping_version: null, sent_reference: null }).execute();

    desk.pass(SETTLED_MS);
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
  });

  /** A lead whose request was cut off, after it was applied or before. */
  const saveUnconfirmed = async (kind: "cut-after" | "cut-before") => {
    const lead = await save();
    desk.practice.failNext({ kind, method: "POST" });
    await round();
    return lead;
  };
  const declineStranger = async () => {
    const stranger = builders.aLead();
    const item = toIncomingLead(builders.aLeadToSend(stranger), { ...mapping, reference: null });
    await postItems(desk.practice, [item]);
    const { leadId } = copies(stranger)[0] ?? { leadId: 0 };
    await desk.practice.control.decline(leadId);
  };
  const lookOnceSettled = async () => {
    desk.pass(SETTLED_MS);
    await round();
    await round();
  };

  test("a lead that was declined before we looked settles as declined", async () => {
    const lead = await saveUnconfirmed("cut-after");
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await desk.practice.control.decline(leadId);
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
    await desk.practice.control.decline(copies(lead)[0]?.leadId ?? 0);
    desk.practice.control.setSwitch("createdValuesTold", isTold);
    if (status === 403) desk.practice.failNext({ kind: "answer", status, path: "/events", method: "GET" });

    await lookOnceSettled();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(copies(lead)).toHaveLength(1);
  });

  test("nobody is asked about a stranger in the trash once events tell the reference of an incoming lead", async () => {
    await save();
    await round();
    await prepareLooks(desk.db, now);
    await lookAgain(desk.db, now);
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
    desk.practice.journal.filter(
      ({ path }) => path.startsWith("/api/v4/leads?") && path.includes("filter[id]"),
    ).length;

  describe("whether Kommo shows leads of ours", () => {
    beforeEach(async () => {
      await save({ phone: "+7 900 000-00-02" });
      await round();
      desk.pass(SETTLED_MS);
    });
    const forgetReference = () =>
      desk.db.updateTable("leads").set({ mapping_version: null, sent_reference: null }).execute();
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
        desk.practice.control.setSwitch("createdValuesTold", false);
        await prepare();

        await lookOnceSettled();

        expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
        expect(countLooksById()).toBe(0);
      },
    );

    test.each(ways)(
      "is asked again while lists are late, before a person has to look for a lead %s",
      async (_, prepare) => {
        const lead = await saveUnconfirmed("cut-before");
        await prepare();
        desk.practice.control.setSwitch("leadLagMs", 60 * MINUTE_MS);
        await lookOnceSettled();
        expect(await read(lead)).toMatchObject({ state: "checking" });

        desk.practice.control.setSwitch("leadLagMs", 0);
        desk.pass(2 * MINUTE_MS);
        await round();
        await round();

        expect(await read(lead)).toMatchObject({ state: "confirmed" });
        expect(copies(lead)).toHaveLength(1);
      },
    );

    test("is a person's to decide where they stay without any of ours", async () => {
      const lead = await saveUnconfirmed("cut-before");
      desk.practice.control.setSwitch("leadLagMs", 60 * MINUTE_MS);

      await lookOnceSettled();
      desk.pass(5 * MINUTE_MS);
      await round();

      expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
      expect(copies(lead)).toHaveLength(0);
    });

    test("is not asked when events tell that the only lead looked for was declined", async () => {
      const lead = await saveUnconfirmed("cut-after");
      await desk.practice.control.decline(copies(lead)[0]?.leadId ?? 0);

      await lookOnceSettled();

      expect(await read(lead)).toMatchObject({ state: "confirmed", outcome: "declined" });
      expect(countLooksById()).toBe(0);
    });
  });

  test("a late copy is found below the leads that came between it and the next sending", async () => {
    const lead = await save();
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    desk.pass(SETTLED_MS);
    await round();
    await desk.db
      .updateTable("leads")
      .set({ due_at: now() + MINUTE_MS })
      .execute();
    await postItems(desk.practice, [toIncomingLead(builders.aLeadToSend(lead), mapping)]);
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    await desk.practice.control.accept(leadId);
    await save({ phone: "+7 900 000-00-03" });
    await round();

    desk.pass(MINUTE_MS);
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    desk.pass(SETTLED_MS);
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
    expect(copies(lead)).toHaveLength(1);
  });

  test("a token that may not read leads halts nothing while one that was sent again is watched", async () => {
    await save();
    await round();
    await desk.db
      .updateTable("leads")
      .set({ watch_until: now() + MINUTE_MS })
      .execute();
    desk.practice.failNext({ kind: "answer", status: 403, method: "GET", path: "/leads" }, 50);

    expect(await watchForTwins(desk.db, now)).toBe(0);

    expect(await findQueueStop(desk.db)).toBeUndefined();
  });

  test("a second copy that turns up after a lead was sent again is marked", async () => {
    const lead = await save();
    desk.practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    desk.pass(SETTLED_MS);
    await round();
    await round();
    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    expect(await watchForTwins(desk.db, now)).toBe(0);

    const [item] = copies(lead);
    if (!item) throw new Error("no copy");
    await postItems(desk.practice, [item.item]);

    expect(await watchForTwins(desk.db, now)).toBe(1);
    const row = await desk.db.selectFrom("leads").select("twin_id").executeTakeFirstOrThrow();
    expect(row.twin_id).toBe(copies(lead).find(({ leadId }) => leadId !== item.leadId)?.leadId);
    const toUrl = (id: number | null | undefined) => `${desk.practice.url}/leads/detail/${id}`;
    const both = {
      id: lead.id,
      kommoUrl: toUrl((await read(lead)).kommoLeadId),
      twinUrl: toUrl(row.twin_id),
    };
    expect((await getDelivery(desk.db, now())).doubled).toMatchObject([both]);
    expect((await getDelivery(desk.db, now() + 9 * 24 * 60 * MINUTE_MS)).doubled).toEqual([]);
    expect(await watchForTwins(desk.db, now)).toBe(0);
  });

  test.each([
    ["is incoming", async () => {}],
    ["was accepted like the first", (leadId: number) => desk.practice.control.accept(leadId)],
  ])(
    "a second copy of a lead that went once, which %s, is marked while another is watched",
    async (_, change) => {
      await saveUnconfirmed("cut-before");
      await lookOnceSettled();
      const lead = await save({ phone: "+7 900 000-00-02" });
      await round();
      const [item] = copies(lead);
      await postItems(desk.practice, item ? [item.item] : []);
      for (const { leadId } of copies(lead)) await change(leadId);

      expect(await watchForTwins(desk.db, now)).toBe(1);

      expect((await getDelivery(desk.db, now())).doubled).toMatchObject([{ id: lead.id }]);
      expect(await watchForTwins(desk.db, now)).toBe(0);
    },
  );

  test("two accepted leads of one are found in one look: the first is it, and it is shown as doubled", async () => {
    const lead = await saveUnconfirmed("cut-after");
    const [item] = copies(lead);
    await postItems(desk.practice, item ? [item.item] : []);
    const ids = copies(lead)
      .map(({ leadId }) => leadId)
      .toSorted((one, other) => one - other);
    for (const leadId of ids) await desk.practice.control.accept(leadId);

    desk.pass(10_000);
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: ids[0] });
    const toUrl = (id: number | undefined) => `${desk.practice.url}/leads/detail/${id}`;
    const both = { id: lead.id, kommoUrl: toUrl(ids[0]), twinUrl: toUrl(ids[1]) };
    expect((await getDelivery(desk.db, now())).doubled).toMatchObject([both]);
  });

  test('"it is there" is believed only when Kommo has that lead', async () => {
    const lead = await save();
    desk.practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await desk.db.updateTable("leads").set({ state: "needs_admin", problem: "unclear" }).execute();
    const { sentAt } = await read(lead);
    const { leadId } = copies(lead)[0] ?? { leadId: 0 };
    const settle = (kommoLeadId: number) =>
      settleFound([{ id: lead.id, state: "needs_admin", sentAt, kommoLeadId }], desk.author, desk.db, now);

    expect(await settle(999_999_999)).toEqual([{ id: lead.id, reason: "id_unknown" }]);
    desk.practice.failNext({ kind: "503", method: "GET" });
    await expect(settle(leadId)).rejects.toMatchObject({ fields: { kommoLeadId: "kommo_silent" } });
    expect(await read(lead)).toMatchObject({ state: "needs_admin" });
    await settle(leadId);

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });
});
