import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { verifyAfterRestore } from "@/lib/delivery/restore/after-restore";
import { watchForTwins } from "@/lib/delivery/verify/watch";
import type { Lead } from "@/lib/domain/lead/schema";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { createResetLink, createSetupLink } from "@/lib/people/mutations";
import { findLink } from "@/lib/people/queries";
import { takeLease } from "@/lib/worker/lease";
import type { Practice } from "@/practice/server";
import * as builders from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller, isSignedIn, startSession } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
});

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the first start after a restore on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;
  /** When the desk was started. */
  let began: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    author = await insertSeller(db);
    await saveFirstMapping(MAPPING, db);
    // The back-up was made three hours ago.
    clock = Date.now() - 180 * MINUTE_MS;
    began = Date.now();
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const readState = async ({ id }: Lead) => (await readLead(id, db)).state;
  const countCopies = ({ id }: Lead) =>
    practice.incomingLeads().filter((item) => item.requestId === id).length;
  const save = async (fields: Partial<Lead> = {}) => {
    const lead = builders.aLead({ surname: randomUUID().slice(0, 8), ...fields });
    await createLead(lead, author, db, clock, RULES);
    return lead;
  };
  const uptime = () => clock - began;
  const deliverAll = async () => {
    clock = Date.now();
    await deliverOn();
  };
  const deliverOn = async () => {
    while (await deliverDue(await aDuty(db, now, { uptime }))) clock += 10;
  };
  /** Sends what waits, then puts the rows back as the back-up has them. */
  const loseWhatHappened = async () => {
    const rows = await db.selectFrom("leads").selectAll().execute();
    await deliverAll();
    await db.deleteFrom("attempt_leads").execute();
    await db.deleteFrom("attempts").execute();
    for (const { id, created_at, ...row } of rows) {
      await db.updateTable("leads").set(row).where("id", "=", id).execute();
    }
  };
  const restore = async () => {
    await db.insertInto("restore_point").values({ id: "look-first", restored_at: Date.now() }).execute();
    return verifyAfterRestore(db, Date.now());
  };

  test("what left after the back-up is found by its id and not sent again", async () => {
    const lead = await save();
    await loseWhatHappened();

    expect(await restore()).toBe(1);
    await deliverAll();

    expect(await readState(lead)).toBe("confirmed");
    expect(countCopies(lead)).toBe(1);
  });

  test("what people in Kommo have accepted since is found by its phone, hours after the back-up", async () => {
    const lead = await save({ phone: "+7 900 777-66-55" });
    await loseWhatHappened();
    await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);

    await restore();
    await deliverAll();

    expect(await readState(lead)).toBe("confirmed");
    expect(practice.journal.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test.each([
    ["was declined", (leadId: number) => practice.control.decline(leadId)],
    [
      "has another phone by now",
      (leadId: number) => practice.control.editContact({ leadId, phones: ["+79990000000"] }),
    ],
  ])("a lead that %s is not taken for one of the same person that was typed since", async (_, change) => {
    const same = { phone: "+7 900 777-66-55", surname: "Петров" };
    const lead = await save(same);
    await loseWhatHappened();
    await change(practice.incomingLeads()[0]?.leadId ?? 0);
    const typedSince = builders.aLeadToSend(builders.aLead(same));
    await postItems(practice, [toIncomingLead(typedSince, MAPPING)]);
    const copy = practice.incomingLeads().find(({ requestId }) => requestId === typedSince.id);
    await practice.control.accept(copy?.leadId ?? 0);

    await restore();
    await deliverAll();
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(await readState(lead)).toBe("needs_admin");
  });

  test("a lead that had left without an answer is not taken for one of the same person that was typed since", async () => {
    const same = { phone: "+7 900 777-66-55", surname: "Петров" };
    const lead = await save(same);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await deliverDue(await aDuty(db, now, { uptime }));
    const typedSince = builders.aLeadToSend(builders.aLead(same));
    await postItems(practice, [toIncomingLead(typedSince, MAPPING)]);
    await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);

    await restore();
    await deliverAll();
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(await readState(lead)).toBe("needs_admin");
  });

  test("a time to come, of a clock that was ahead once, hides nothing that has left since", async () => {
    await save({ phone: "+7 900 000-00-01" });
    await deliverAll();
    const ahead = Date.now() + 365 * 24 * 60 * MINUTE_MS;
    const times = { sent_at: ahead, confirmed_at: ahead };
    await sql`update leads set created_at = ${ahead}`.execute(db);
    await db.updateTable("leads").set(times).execute();
    clock = Date.now() - 180 * MINUTE_MS;
    const lead = await save({ phone: "+7 900 777-66-55" });
    await loseWhatHappened();
    const copy = practice.incomingLeads().find(({ requestId }) => requestId === lead.id);
    await practice.control.accept(copy?.leadId ?? 0);

    await restore();
    await deliverAll();
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(countCopies(lead)).toBe(1);
  });

  test("what was declined in Kommo since is for a person, as a deleted lead has no name", async () => {
    const lead = await save();
    await loseWhatHappened();
    await practice.control.decline(practice.incomingLeads()[0]?.leadId ?? 0);

    await restore();
    await deliverAll();
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(await readState(lead)).toBe("needs_admin");
    expect(practice.journal.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("sessions that were ended and links that were used since the back-up stay so", async () => {
    const session = await startSession(db, author);
    const { token } = await createResetLink(author, null, db);
    await createSetupLink(db);

    await restore();

    expect(await db.selectFrom("sessions").select("id").execute()).toEqual([]);
    expect(await isSignedIn(db, session)).toBe(false);
    expect(await isSignedIn(db, { ...session, version: session.version + 1 })).toBe(false);
    expect(await isSignedIn(db, await startSession(db, author))).toBe(true);
    expect(await findLink(token, db)).toBeUndefined();
    expect(await db.selectFrom("one_time_links").select("purpose").execute()).toEqual([{ purpose: "setup" }]);
  });

  test("what had not left is sent once it is surely absent", async () => {
    const lead = await save();

    await restore();
    await deliverAll();
    expect(await readState(lead)).toBe("checking");
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(await readState(lead)).toBe("confirmed");
    expect(countCopies(lead)).toBe(1);
  });

  test.each(["held", "sending", "checking", "needs_fix", "needs_admin"])(
    "a lead that was %s is looked for",
    async (state) => {
      const lead = await save();
      await db.updateTable("leads").set({ state }).execute();
      await loseWhatHappened();

      expect(await restore()).toBe(1);

      expect(await readState(lead)).toBe("checking");
    },
  );

  test.each(["confirmed", "withdrawn"])("a lead that was %s is left as it is", async (state) => {
    const lead = await save();
    await db.updateTable("leads").set({ state }).execute();

    expect(await restore()).toBe(0);

    expect(await readState(lead)).toBe(state);
  });

  test("a lead that was undone in the back-up, and sent since, is not sent again when it is brought back", async () => {
    const lead = await save();
    await loseWhatHappened();
    await db.updateTable("leads").set({ state: "withdrawn" }).execute();
    await restore();

    clock = Date.now();
    await correctLead(lead, author, db, clock, RULES);
    await deliverOn();
    await deliverOn();

    expect(await readState(lead)).toBe("confirmed");
    expect(countCopies(lead)).toBe(1);
  });

  test("a lead that was undone in the back-up, and sent since, is confirmed with the id that Kommo shows", async () => {
    const lead = await save();
    await loseWhatHappened();
    await db.updateTable("leads").set({ state: "withdrawn", kommo_lead_id: null }).execute();
    const undone = await save();
    await db.updateTable("leads").set({ state: "withdrawn" }).where("id", "=", undone.id).execute();
    await restore();
    await db.updateTable("sender").set({ last_lead_id: 0 }).execute();

    await watchForTwins(db, now);

    const [copy] = practice.incomingLeads();
    const { last_lead_id } = await db.selectFrom("sender").select("last_lead_id").executeTakeFirstOrThrow();
    expect(last_lead_id).toBe(copy?.leadId);
    expect(
      await db
        .selectFrom("leads")
        .select(["state", "kommo_lead_id", "twin_id"])
        .where("id", "=", lead.id)
        .executeTakeFirst(),
    ).toEqual({ state: "confirmed", kommo_lead_id: copy?.leadId, twin_id: null });
    expect(await readState(undone)).toBe("withdrawn");
  });

  test("a lead of Kommo that an undone one may be is not taken for another of the same person", async () => {
    const same = { phone: "+7 900 777-66-55", surname: "Петров" };
    const [waiting, undone] = [await save(same), await save(same)];
    const change = (lead: Lead, columns: object) =>
      db.updateTable("leads").set(columns).where("id", "=", lead.id).execute();
    await change(waiting, { state: "withdrawn" });
    await deliverAll();
    await practice.control.accept(practice.incomingLeads()[0]?.leadId ?? 0);
    await change(undone, { state: "withdrawn", sent_at: null, kommo_lead_id: null, confirmed_at: null });
    await change(waiting, { state: "held" });

    await restore();
    await deliverOn();
    clock += 7 * MINUTE_MS;
    await deliverOn();

    expect(await readState(waiting)).toBe("needs_admin");
  });

  test("no process keeps an epoch of before, nor is one given out that a copy of the database has seen", async () => {
    const take = async (holder: string) => (await takeLease({ holder }, db, Date.now()))?.epoch;
    const first = await take("first");
    const sender = await db.selectFrom("sender").selectAll().executeTakeFirstOrThrow();
    await db.updateTable("sender").set({ lease_ends: 0 }).execute();
    const second = await take("second");
    await db.updateTable("sender").set(sender).execute();
    await db.updateTable("sender").set({ lease_ends: 0 }).execute();
    const third = await take("third");

    await restore();
    const { epoch } = await db.selectFrom("sender").select("epoch").executeTakeFirstOrThrow();

    expect(new Set([first, second, third, epoch]).size).toBe(4);
  });

  test("it happens once, and never without a restore", async () => {
    await save();

    expect(await verifyAfterRestore(db, clock)).toBe(0);
    expect(await restore()).toBe(1);
    expect(await verifyAfterRestore(db, clock)).toBe(0);
  });
});
