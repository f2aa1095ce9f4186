import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import type { Decision } from "@/lib/delivery/decide";
import { settleLead } from "@/lib/delivery/mutations";
import { recordDecisions } from "@/lib/delivery/record";
import { type Send, sendBatch } from "@/lib/delivery/send";
import { sweepUnfinished } from "@/lib/delivery/sweep";
import { verifyDue } from "@/lib/delivery/verify/verify";
import { inChunks } from "@/lib/domain/in-chunks";
import type { Lead } from "@/lib/domain/lead/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { AppError } from "@/lib/errors";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead } from "@/lib/leads/mutations";
import { listAttempts } from "@/lib/leads/queries";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { getMetrics } from "@/lib/metrics/registry";
import { findMapping } from "@/lib/published-mapping/queries";
import { findQueueStop, haltQueue, resumeAfterProbe, resumeQueue } from "@/lib/queue/halt";
import { pauseSending, resumeSending } from "@/lib/queue/mutations";
import { findPause, slowDown, speedUp } from "@/lib/rate-limit/lanes";
import { finish, startDue } from "@/lib/worker/dispatch";
import { noneInFlight } from "@/lib/worker/in-flight";
import { takeLease } from "@/lib/worker/lease";
import type { Practice, Switches } from "@/practice/server";
import * as builders from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue, deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { callPractice, postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
// By then a request without an answer has been applied, or never will be.
const SETTLED_MS = 7 * MINUTE_MS;
const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
});

const PUBLISHED = { version: 1, mapping: MAPPING };

/** A name of its own, as all tests share one Kommo, in which names are looked for. */
const aLead = (fields: Partial<Lead> = {}) =>
  builders.aLead({ surname: `Петров-${randomUUID().slice(0, 8)}`, ...fields });

/** Slots that the test gives by hand. */
function holdSlots() {
  const slots: (() => void)[] = [];
  const takeSlot = async () => {
    await new Promise<void>((give) => slots.push(give));
    return { isMissed: () => false, bookLater: async () => {} };
  };
  return { slots, takeSlot };
}

let practice: Practice;

/** Kommo's clock; most tests move ours alone. */
let kommoNow = Date.now;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the outbox on $name", ({ open, isSqlite }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice({ now: () => kommoNow() });
    clock = Date.now();
    sleepBy({ now, set });
    kommoNow = Date.now;
    author = await insertSeller(db);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const set = (at: number) => {
    clock = at;
  };
  const round = () => deliverRound(db, now);
  const countPosts = () => practice.journal.filter(({ method }) => method === "POST").length;
  const readDetail = async (lead: Lead): Promise<unknown> => {
    const row = await db
      .selectFrom("leads")
      .select("problem_detail")
      .where("id", "=", lead.id)
      .executeTakeFirst();
    return JSON.parse(row?.problem_detail ?? "null");
  };
  const save = (lead: Lead) => createLead(lead, author, db, clock, RULES);
  const read = (lead: Lead) => readLead(lead.id, db);
  const rename = (leadId: number, name: string) =>
    callPractice(practice, `/api/v4/leads/${leadId}`, { method: "PATCH", body: JSON.stringify({ name }) });
  const arrivals = (lead: Lead) => practice.incomingLeads().filter((item) => item.requestId === lead.id);

  test("a due lead arrives with the ids that Kommo gave it", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);

    await round();

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

    expect(await round()).toBe(false);
    clock += 1;
    expect(await round()).toBe(true);

    expect(arrivals(lead)).toHaveLength(1);
  });

  test("the attempt keeps what was sent and what came back, and never the token", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "answer", status: 500, body: `leaked: ${practice.token}`, method: "POST" });

    await round();
    clock += SETTLED_MS;
    await round();
    await round();

    const attempts = await listAttempts(lead.id, db);
    expect(attempts.map(({ outcome, status, leadCount }) => ({ outcome, status, leadCount }))).toEqual([
      { outcome: "unclear", status: 500, leadCount: 1 },
      { outcome: "absent", status: 204, leadCount: 1 },
      { outcome: "confirmed", status: 200, leadCount: 1 },
    ]);
    expect(attempts[0]?.response).toBe("leaked: •••");
    expect(JSON.parse(attempts[2]?.request ?? "")).toEqual(arrivals(lead)[0]?.item);
    expect(JSON.parse(attempts[2]?.response ?? "")).toHaveProperty("_embedded.unsorted.0.uid");
  });

  test("repeated 429s stretch the spacing, and successes close it again", async () => {
    for (let time = 0; time < 3; time++) await slowDown(0, db, clock);
    expect(await findPause(db, clock)).toBeGreaterThan(1900);

    for (let time = 0; time < 3; time++) await speedUp(db);
    expect(await findPause(db, clock)).toBeLessThan(100);
  });

  test("while a person has paused it nothing is asked of Kommo, and all leaves when it goes on", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    await pauseSending(author, db, clock);

    expect(await round()).toBe(false);
    expect(practice.journal).toEqual([]);
    await resumeSending(author, db, clock);
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
  });

  test.each(["cut-before", "cut-after"] as const)(
    "fifty unclear leads after %s take a handful of requests",
    async (kind) => {
      const leads = Array.from({ length: 50 }, (_, index) => aLead({ phone: `+7 900 100-00-${10 + index}` }));
      await saveFirstMapping(MAPPING, db);
      for (const lead of leads) await save(lead);
      practice.failNext({ kind, method: "POST" });
      await round();
      if (kind === "cut-after")
        for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);
      const before = practice.journal.length;

      clock += SETTLED_MS;
      await round();

      expect(practice.journal.length - before).toBeLessThanOrEqual(5);
      await round();
      await round();
      for (const lead of leads) {
        expect(await read(lead)).toMatchObject({
          state: "confirmed",
          kommoLeadId: arrivals(lead)[0]?.leadId,
        });
        expect(arrivals(lead)).toHaveLength(1);
      }
    },
  );

  test("two namesakes that were accepted before we looked do not exchange their ids", async () => {
    const first = aLead({ phone: "+7 900 200-00-01" });
    const second = aLead({ phone: "+7 900 200-00-02", surname: first.surname });
    await saveFirstMapping(MAPPING, db);
    await save(first);
    await save(second);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);

    clock += SETTLED_MS;
    await round();

    for (const lead of [first, second])
      expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
  });

  test("a lead of Kommo that may be another's in doubt is not taken, though that one is not asked for now", async () => {
    const [waiting, lead] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(waiting);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.accept(arrivals(waiting)[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ state: "needs_admin" }).where("id", "=", waiting.id).execute();
    await save(lead);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(0);
  });

  test("a clock set back by an hour holds up no lead, the one in doubt included", async () => {
    const [unclear, lost, waiting] = ["01", "02", "03"].map((end) =>
      aLead({ phone: `+7 900 400-00-${end}` }),
    );
    if (!unclear || !lost || !waiting) throw new Error("no lead");
    // The desk's own time goes on, whatever the clock does.
    const settled = () => clock + 2 * 60 * MINUTE_MS;
    await saveFirstMapping(MAPPING, db);
    await save(unclear);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await save(lost);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    await createLead(waiting, author, db, clock, { ...RULES, holdMs: 10_000 });
    await takeLease({ holder: "one" }, db, clock);

    clock -= 60 * MINUTE_MS;
    await takeLease({ holder: "one" }, db, clock);
    clock += 12_000;
    await round();
    expect(await read(waiting)).toMatchObject({ state: "confirmed" });
    clock += 70_000;
    for (let time = 0; time < 2; time++) await deliverDue(await aDuty(db, now, { uptime: settled }));

    for (const lead of [unclear, lost]) {
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect(arrivals(lead)).toHaveLength(1);
    }
  });

  test.each([
    ["is set back after an hour ahead", 0],
    ["goes an hour ahead, and back", 60 * MINUTE_MS],
  ])("a lead accepted before we looked is found when the clock %s", async (_, ahead) => {
    const lead = aLead({ phone: "+7 900 765-43-22" });
    if (ahead === 0) clock += 60 * MINUTE_MS;
    await saveFirstMapping(MAPPING, db);
    await createLead(lead, author, db, clock - 10 * MINUTE_MS, RULES);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);

    clock += ahead;
    await takeLease({ holder: "one" }, db, clock);
    clock -= 60 * MINUTE_MS;
    await takeLease({ holder: "one" }, db, clock);
    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });

  test("a lead that was sent by a clock a year behind is not sent again once the clock is right", async () => {
    const yearMs = 365 * 24 * 60 * MINUTE_MS;
    const lead = aLead({ phone: "+7 900 765-43-23" });
    kommoNow = now;
    await saveFirstMapping(MAPPING, db);
    await createLead(lead, author, db, clock - yearMs, RULES);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await deliverRound(db, () => clock - yearMs);
    const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);
    await rename(leadId, "Переименован");
    await practice.control.editContact({ leadId, phones: ["+79990000000"] });
    const held = await takeLease({ holder: "one" }, db, clock - yearMs);
    if (!held) throw new Error("no lease");

    await takeLease({ holder: "one", ran: { epoch: held.epoch, uptimeMs: held.uptimeMs + 2500 } }, db, clock);
    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test.each([
    ["behind", -60 * MINUTE_MS, true],
    ["ahead", 60 * MINUTE_MS, true],
    ["behind, before any answer of Kommo,", -60 * MINUTE_MS, false],
  ])(
    "a lead that was sent by a clock an hour %s is not sent again once that was set right between two starts",
    async (_, wrongMs, isAnsweredBefore) => {
      const [first, lead] = [aLead(), aLead({ phone: "+7 900 765-43-23" })];
      kommoNow = now;
      await saveFirstMapping(MAPPING, db);
      const wrongClock = () => clock + wrongMs;
      const roundByWrongClock = async () => deliverDue(await aDuty(db, wrongClock, { uptime: now }));
      const sendByWrongClock = async (sent: Lead) => {
        await createLead(sent, author, db, wrongClock(), RULES);
        await roundByWrongClock();
      };
      if (isAnsweredBefore) await sendByWrongClock(first);
      practice.failNext({ kind: "cut-after", method: "POST" });
      await sendByWrongClock(lead);
      const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
      await practice.control.editContact({ leadId, phones: ["+79990000000"] });
      for (let look = 0; look < 2; look++) {
        clock += 2 * MINUTE_MS;
        await roundByWrongClock();
      }

      clock += SETTLED_MS + Math.abs(wrongMs);
      await round();
      await round();

      expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
      expect(arrivals(lead)).toHaveLength(1);
    },
  );

  test("a lead that was sent by a clock that was ahead is not sent again by one that is further behind", async () => {
    const [first, lead] = [aLead(), aLead({ phone: "+7 900 765-43-23" })];
    kommoNow = now;
    await saveFirstMapping(MAPPING, db);
    const deliverBy = async (wrongMs: number) =>
      deliverDue(await aDuty(db, () => clock + wrongMs, { uptime: now }));
    for (const sent of [first, lead]) {
      if (sent === lead) practice.failNext({ kind: "cut-after", method: "POST" });
      await createLead(sent, author, db, clock + 60 * MINUTE_MS, RULES);
      await deliverBy(60 * MINUTE_MS);
    }
    const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.editContact({ leadId, phones: ["+79990000000"] });

    const look = async () => {
      await db.updateTable("leads").set({ due_at: 0 }).execute();
      await deliverBy(-70 * MINUTE_MS);
    };
    // The first two learn by how much the clock is behind, and keep it.
    await look();
    await look();
    clock += SETTLED_MS;
    await look();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test.each([
    ["a clock that goes two minutes ahead", 2500, 2 * MINUTE_MS],
    ["a process that stands still for two minutes", 2 * MINUTE_MS, 0],
  ])("with %s an unconfirmed lead may have been sent so much later", async (_, ranMs, laterMs) => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const held = await takeLease({ holder: "one" }, db, clock);
    if (!held) throw new Error("no lease");

    clock += 2 * MINUTE_MS;
    await takeLease({ holder: "one", ran: { ...held, uptimeMs: held.uptimeMs + ranMs } }, db, clock);

    const { sent_at, sent_until } = await db
      .selectFrom("leads")
      .select(["sent_at", "sent_until"])
      .executeTakeFirstOrThrow();
    const laterBy = (sent_until ?? sent_at ?? 0) - (sent_at ?? 0);
    expect(Math.abs(laterBy - laterMs)).toBeLessThan(10_000);
  });

  test("a stranger's lead that was declined before ours was sent leaves no doubt", async () => {
    kommoNow = now;
    const [stranger, known, lead] = [aLead(), aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(stranger);
    await round();
    await save(known);
    await round();
    await practice.control.decline(arrivals(stranger)[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ kommo_lead_id: null }).where("id", "=", stranger.id).execute();
    clock += 1;
    await save(lead);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
  });

  test("a claim under an older epoch is not sent, whatever lease is held", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const frozen = await aDuty(db, now);
    const claimed = await claimBatch(frozen);
    await takeLease({ holder: "another" }, db, clock);

    await sendBatch(claimed, { published: PUBLISHED }, frozen);

    expect(arrivals(lead)).toHaveLength(0);
    expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
  });

  test("nothing is claimed under an older epoch", async () => {
    await save(aLead());
    const frozen = await aDuty(db, now);
    await takeLease({ holder: "another" }, db, clock);

    expect(await claimBatch(frozen)).toEqual([]);
  });

  test("of a claim that another process has taken over in part, the rest alone is sent", async () => {
    const [taken, ours] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    for (const lead of [taken, ours]) await save(lead);
    const duty = await aDuty(db, now);
    const claimed = await claimBatch(duty);
    await db.updateTable("leads").set({ claim_epoch: 99 }).where("id", "=", taken.id).execute();

    await sendBatch(claimed, { published: PUBLISHED }, duty);

    expect(arrivals(taken)).toHaveLength(0);
    expect(arrivals(ours)).toHaveLength(1);
    expect(await read(taken)).toMatchObject({ state: "sending", problem: null });
    expect(await read(ours)).toMatchObject({ state: "confirmed" });
  });

  test("each lead of a batch has its own ids from Kommo, and keeps those it was given first", async () => {
    const [known, nameless] = [aLead(), aLead()];
    for (const lead of [known, nameless]) await save(lead);
    const claimed = await claimBatch(await aDuty(db, now));
    const confirm = async (leadId: number, contacts: (number | null)[], at: number) => {
      const decisions = new Map(
        [known, nameless].map(({ id }, index): [string, Decision] => {
          const arrival = { uid: null, leadId: leadId + index, contactId: contacts[index] ?? null };
          return [id, { move: "confirm", arrival }];
        }),
      );
      await recordDecisions({ leads: claimed, decisions }, await aDuty(db, () => at));
    };

    await confirm(100, [7, null], clock);
    await confirm(200, [8, 9], clock + 1);

    const columns = ["kommo_lead_id", "kommo_contact_id", "confirmed_at"] as const;
    const rows = await db.selectFrom("leads").select(columns).orderBy("kommo_lead_id").execute();
    expect(rows).toEqual([
      { kommo_lead_id: 100, kommo_contact_id: 7, confirmed_at: clock },
      { kommo_lead_id: 101, kommo_contact_id: null, confirmed_at: clock },
    ]);
  });

  test("a delivery that fails before it wrote down an answer leaves its leads unconfirmed", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    await db.updateTable("mappings").set({ body: "{}" }).execute();

    await expect(round()).rejects.toThrow();
    await claimBatch(await aDuty(db, now));
    await sweepUnfinished([], await aDuty(db, now));

    expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
  });

  test("a sender that lost its lease changes nothing by a late failure", async () => {
    const lead = aLead();
    await save(lead);
    const duty = await aDuty(db, now);
    const claimed = await claimBatch(duty);
    const failLate = async () => {
      await takeLease({ holder: "another" }, db, clock);
      throw new AppError("unreachable");
    };

    await sendBatch(claimed, { published: PUBLISHED }, duty, failLate);

    expect(await read(lead)).toMatchObject({ state: "checking", tries: 0 });
  });

  test("ids that come back late are kept, whoever holds the lease by then", async () => {
    const lead = aLead();
    await save(lead);
    const claimed = await claimBatch(await aDuty(db, now));
    const answerLate = async () => {
      await db
        .updateTable("leads")
        .set({ state: "checking", due_at: clock + 1 })
        .execute();
      return new Map([[lead.id, { uid: "a1", leadId: 7, contactId: null }]]);
    };

    await sendBatch(claimed, { published: PUBLISHED }, await aDuty(db, now), answerLate);

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: 7 });
  });

  test("leads go in the order in which they fell due", async () => {
    await saveFirstMapping(MAPPING, db);
    const leads = Array.from({ length: 40 }, () => aLead());
    for (const lead of leads) {
      await save(lead);
      clock += 1;
    }

    const batch = await claimBatch(await aDuty(db, now));

    expect(batch.map((lead) => lead.id)).toEqual(leads.map((lead) => lead.id));
  });

  test("while there is a backlog, each batch of fifty takes the newest along", async () => {
    await saveFirstMapping(MAPPING, db);
    const leads = Array.from({ length: 101 }, () => aLead());
    for (const lead of leads) {
      await save(lead);
      clock += 1;
    }

    const batch = (await claimBatch(await aDuty(db, now))).map((lead) => lead.id);

    expect(batch).toHaveLength(50);
    expect(batch).toEqual(expect.arrayContaining(leads.slice(-5).map(({ id }) => id)));
    expect(batch).toEqual(expect.arrayContaining(leads.slice(0, 45).map(({ id }) => id)));
  });

  test("the oldest leave too while batches are small and new leads keep coming", async () => {
    await saveFirstMapping(MAPPING, db);
    const leads = Array.from({ length: 60 }, () => aLead());
    for (const lead of leads) {
      await save(lead);
      clock += 1;
    }
    const claim = async (sendings: number) => {
      await db.updateTable("sender").set({ batch_limit: 3, sendings }).execute();
      return (await claimBatch(await aDuty(db, now))).map(({ id }) =>
        leads.findIndex((one) => one.id === id),
      );
    };

    expect(await claim(0)).toEqual([0, 59, 58]);
    expect(await claim(1)).toEqual([57, 56, 55]);
    expect(await claim(2)).toEqual([1, 54, 53]);
  });

  test("of a backlog little is claimed before it can leave, and a lead typed meanwhile is in the next batch", async () => {
    await saveFirstMapping(MAPPING, db);
    for (let n = 0; n < 300; n++) await save(aLead());
    const { slots, takeSlot } = holdSlots();
    const duty = await aDuty(db, now, { network: { takeSlot, transport: send } });
    const inFlight = noneInFlight();
    await startDue(duty, inFlight);
    await vi.waitUntil(() => slots.length > 0);
    expect(inFlight.batches.size).toBe(3);

    const typed = aLead();
    clock += 1;
    await save(typed);
    slots.shift()?.();
    await vi.waitUntil(() => slots.length > 0);
    await startDue(duty, inFlight);
    expect((await read(typed)).state).toBe("sending");

    for (let n = 0; n < 3; n++) {
      expect(slots).toHaveLength(1);
      slots.shift()?.();
      if (n < 2) await vi.waitUntil(() => slots.length > 0);
    }
    await finish(duty, inFlight);
    expect((await read(typed)).state).toBe("confirmed");
  });

  test.each([
    ["paused", () => pauseSending(author, db, clock)],
    ["halted", () => haltQueue("account_blocked", db, clock)],
  ])("what waits for a slot while the queue is %s goes back into it, and does not leave", async (_, stop) => {
    const leads = Array.from({ length: 120 }, () => aLead());
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads) await save(lead);
    const { slots, takeSlot } = holdSlots();
    const duty = await aDuty(db, now, { network: { takeSlot, transport: send } });
    const inFlight = noneInFlight();
    await startDue(duty, inFlight);
    expect(inFlight.batches.size).toBe(3);

    await stop();
    for (let n = 0; n < 3; n++) {
      await vi.waitUntil(() => slots.length > 0);
      slots.shift()?.();
    }
    await finish(duty, inFlight);

    expect(countPosts()).toBe(0);
    const rows = await db.selectFrom("leads").select(["state", "problem", "sent_at", "tries"]).execute();
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ state: "queued", problem: null, sent_at: null, tries: 0 })]),
    );
  });

  test("a desk that stops gives back what still waits for a slot", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const stopping = new AbortController();
    const duty = await aDuty(db, now, { stopping: stopping.signal });
    await slowDown(3600, db, clock);
    const claimed = await claimBatch(duty);
    const sending = sendBatch(claimed, { published: PUBLISHED }, duty);

    stopping.abort();
    await sending;

    expect(countPosts()).toBe(0);
    expect(await read(lead)).toMatchObject({ state: "queued", problem: null });
  });

  test("a desk that stops in the middle of a round claims nothing more", async () => {
    await saveFirstMapping(MAPPING, db);
    for (let count = 0; count < 6; count++) await save(aLead());
    await db.updateTable("sender").set({ batch_limit: 1 }).execute();
    const stopping = new AbortController();
    let looks = 0;
    const countLooks = () => {
      looks++;
      if (looks > 1000) throw new Error("the round goes on for ever");
      return now();
    };
    const isUpToDate = async () => {
      stopping.abort();
      return true;
    };
    const duty = await aDuty(db, countLooks, { stopping: stopping.signal, isUpToDate });
    const inFlight = noneInFlight();

    await startDue(duty, inFlight);
    await finish(duty, inFlight);

    expect(countPosts()).toBe(0);
    const rows = await db.selectFrom("leads").select("state").execute();
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["held"]));
  });

  // How Kommo behaves is the same on every database.
  if (!isSqlite) return;

  test("without a mapping the account's own fields are found by code and name", async () => {
    await save(aLead());
    await round();

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
        comment: { entity: "leads", fieldId: 1711086 },
      },
    });
  });

  test.each([
    { kind: "500-json", settlesMs: 20_000 },
    { kind: "400-system", settlesMs: 20_000 },
    { kind: "500-html", settlesMs: 6 * MINUTE_MS },
    { kind: "502", settlesMs: 6 * MINUTE_MS },
    { kind: "503", settlesMs: 6 * MINUTE_MS },
    { kind: "504", settlesMs: 6 * MINUTE_MS },
    { kind: "cut-before", settlesMs: 6 * MINUTE_MS },
  ] as const)(
    "$kind: the lead is looked for, and sent again after $settlesMs ms",
    async ({ kind, settlesMs }) => {
      const lead = aLead();
      await saveFirstMapping(MAPPING, db);
      await save(lead);
      practice.failNext({ kind, method: "POST" });

      await round();
      expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
      const posts = countPosts();
      // Waiting for slots takes time of the same clock.
      clock += settlesMs - 5000;
      await round();
      expect(await read(lead)).toMatchObject({ state: "checking" });
      expect(countPosts()).toBe(posts);

      clock += 10_000;
      await round();
      await round();
      expect(await read(lead)).toMatchObject({ state: "confirmed", problem: null });
      expect(arrivals(lead)).toHaveLength(1);
    },
  );

  test("a Kommo that cannot be reached keeps the lead, which backs off by itself", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const unreachable = async () => {
      throw new AppError("unreachable");
    };

    const claimed = await claimBatch(await aDuty(db, now));
    await sendBatch(claimed, { published: PUBLISHED }, await aDuty(db, now), unreachable);

    expect(await read(lead)).toMatchObject({ state: "queued", problem: "unreachable", tries: 1 });
  });

  test.each(["429-json", "429-html"] as const)(
    "%s slows the whole sender, and no lead loses its place",
    async (kind) => {
      const [first, second] = [aLead(), aLead()];
      await saveFirstMapping(MAPPING, db);
      await save(first);
      practice.failNext({ kind, retryAfter: 120, method: "POST" });
      await round();
      clock += 1;
      await save(second);

      const pause = await findPause(db, clock);
      expect(pause).toBeGreaterThan(kind === "429-json" ? 119_000 : 400);
      const posts = countPosts();
      if (pause > 1500) expect(await round()).toBe(false);
      expect(countPosts()).toBe(posts);

      clock += Math.max(pause, SETTLED_MS);
      await round();
      await round();
      expect(arrivals(first)).toHaveLength(1);
      expect(arrivals(second)).toHaveLength(1);
      expect(await read(first)).toMatchObject({ state: "confirmed" });
    },
  );

  test("a 429 to the probe slows all that talk to Kommo, and the queue rests on", async () => {
    await haltQueue("token_refused", db, clock - MINUTE_MS);
    practice.failNext({ kind: "429-json", retryAfter: 120, path: "/account" });

    expect(await round()).toBe(false);
    expect(await findPause(db, clock)).toBeGreaterThan(119_000);
    expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: "token_refused" });
    const asked = practice.journal.length;
    clock += 100_000;
    expect(await round()).toBe(false);
    expect(practice.journal).toHaveLength(asked);

    clock += 21_000;
    expect(await round()).toBe(true);
    expect(await findQueueStop(db)).toBeUndefined();
  });

  test("a 429 to what a probe reads for the first mapping counts once", async () => {
    await haltQueue("token_refused", db, clock - MINUTE_MS);
    practice.failNext({ kind: "429-json", retryAfter: 120, path: "/custom_fields" });

    expect(await round()).toBe(false);

    const gaps = await db.selectFrom("rate_lanes").select("gap_ms").execute();
    await db.updateTable("rate_lanes").set({ gap_ms: 0 }).execute();
    await slowDown(0, db, clock);
    expect(gaps).toEqual(await db.selectFrom("rate_lanes").select("gap_ms").execute());
    expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: "token_refused" });
  });

  test("a 429 while the first mapping is read slows all that talk to Kommo", async () => {
    await save(aLead());
    practice.failNext({ kind: "429-json", retryAfter: 120, path: "/custom_fields" });

    await expect(round()).rejects.toMatchObject({ code: "too_many_requests" });

    expect(await findPause(db, clock)).toBeGreaterThan(119_000);
    expect(await round()).toBe(false);
  });

  test.each([
    ["401", "token_refused"],
    ["402", "plan_unpaid"],
    ["403-scope", "scope_missing"],
    ["404-json", "account_missing"],
  ] as const)(
    "%s halts the whole queue until a probe succeeds, then all leave in order",
    async (kind, problem) => {
      const [first, second] = [aLead(), aLead()];
      await saveFirstMapping(MAPPING, db);
      await save(first);
      practice.failNext({ kind, method: "POST" });
      await round();
      expect(await read(first)).toMatchObject({ state: "queued", problem });
      expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: problem });

      clock += 1;
      await save(second);
      const before = practice.journal.length;
      expect(await round()).toBe(false);
      expect(practice.journal).toHaveLength(before);

      practice.failNext({ kind, path: "/account" });
      clock += 31_000;
      expect(await round()).toBe(false);
      clock += 31_000;
      expect(await round()).toBe(false);
      clock += 31_000;
      expect(await round()).toBe(true);
      await round();

      const seen = practice.journal
        .slice(before)
        .map(({ method, path }) => `${method} ${path.split("?")[0]}`);
      expect(seen).toEqual([
        "GET /api/v4/account",
        "GET /api/v4/account",
        "POST /api/v4/leads/unsorted/forms",
      ]);
      expect(
        practice
          .incomingLeads()
          .slice(0, 2)
          .map((lead) => lead.requestId),
      ).toEqual([second.id, first.id]);
      expect(await findQueueStop(db)).toBeUndefined();
    },
  );

  test.each([
    // The account is asked as well: a token may deliver leads and not read them.
    ["403-block", "blocked", 3],
    ["404-html", "account_missing", 2],
    ["redirect", "account_missing", 2],
  ] as const)(
    "%s of a gateway leaves the lead unconfirmed, and halts the queue when it is looked for",
    async (kind, problem, times) => {
      const lead = aLead();
      await saveFirstMapping(MAPPING, db);
      await save(lead);
      practice.failNext({ kind }, times);

      await round();
      expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
      clock += 10_000;
      await round();
      expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: problem });

      clock += SETTLED_MS;
      await round();
      await round();
      await round();
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect(arrivals(lead)).toHaveLength(1);
    },
  );

  test("the halt is told of once, however often the probe fails, and again at the next one", async () => {
    expect(await haltQueue("token_refused", db, clock)).toBe(true);
    expect(await haltQueue("token_refused", db, clock)).toBe(false);
    expect(await haltQueue("plan_unpaid", db, clock)).toBe(false);

    await resumeQueue(db);

    expect(await haltQueue("token_refused", db, clock)).toBe(true);
  });

  test("what is refused of readings later is another halt, whatever was halted before", async () => {
    await haltQueue("token_refused", db, clock);
    await resumeAfterProbe(db);
    clock += 60 * 60_000;

    expect(await haltQueue("scope_missing", db, clock)).toBe(true);
    expect(await findQueueStop(db)).toMatchObject({ since: clock, probeAt: clock + 30_000 });
  });

  test("what is refused of readings right after a good probe is the same halt", async () => {
    await haltQueue("token_refused", db, clock);
    await resumeAfterProbe(db);

    expect(await haltQueue("token_refused", db, clock + 31_000)).toBe(false);
    expect(await findQueueStop(db)).toMatchObject({ since: clock, probeAt: clock + 31_000 + 60_000 });
  });

  test("a new connection begins anew, also while the queue runs on trial", async () => {
    await haltQueue("token_refused", db, clock);
    await resumeAfterProbe(db);
    await resumeQueue(db);

    expect(await haltQueue("token_refused", db, clock + 1, "sending")).toBe(true);
    expect(await findQueueStop(db)).toMatchObject({ code: "token_refused", since: clock + 1 });
  });

  test("leads that are refused while probes succeed are tried at growing intervals, until one arrives", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const began = clock;
    practice.failNext({ kind: "401", method: "POST" }, 5);
    const intervals: number[] = [];
    const codes: string[] = [];

    for (let time = 0; time < 5; time++) {
      await round();
      const stop = await findQueueStop(db);
      if (stop?.kind !== "halted") throw new Error("not halted");
      expect(stop.since).toBe(began);
      intervals.push((stop.probeAt - clock) / 1000);
      codes.push(stop.code);
      clock = stop.probeAt;
      expect(await round()).toBe(true);
    }
    await round();

    expect(intervals).toEqual([30, 60, 120, 300, 300]);
    expect(codes).toEqual(["token_refused", ...Array(4).fill("sending_refused")]);
    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    await haltQueue("token_refused", db, clock, "sending");
    expect(await findQueueStop(db)).toMatchObject({
      code: "token_refused",
      since: clock,
      probeAt: clock + 30_000,
    });
  });

  test("while leads are refused, a probe that fails tells of the token again", async () => {
    await saveFirstMapping(MAPPING, db);
    await save(aLead());
    practice.failNext({ kind: "401", method: "POST" }, 2);
    for (let time = 0; time < 3; time++) {
      await round();
      clock += 61_000;
    }
    expect(await findQueueStop(db)).toMatchObject({ code: "sending_refused" });

    practice.failNext({ kind: "401", path: "/account" });
    await round();

    expect(await findQueueStop(db)).toMatchObject({ code: "token_refused" });
  });

  test("the requests that were under way with the first refused one do not put the probe off", async () => {
    for (let request = 0; request < 12; request++) await haltQueue("token_refused", db, clock);
    expect(await findQueueStop(db)).toMatchObject({ probeAt: clock + 30_000 });

    await haltQueue("token_refused", db, clock + 30_000);
    expect(await findQueueStop(db)).toMatchObject({ probeAt: clock + 90_000 });
  });

  test("a lead that waits on its own holds up no other", async () => {
    const [waiting, next] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(waiting);
    practice.failNext({ kind: "503", method: "POST" });
    await round();
    await save(next);

    await round();

    expect(await read(waiting)).toMatchObject({ state: "checking" });
    expect(await read(next)).toMatchObject({ state: "confirmed" });
  });

  test("refused leads wait for a person with the field at fault, and the others go once they are surely absent", async () => {
    const leads = Array.from({ length: 10 }, () => aLead());
    const poisoned = leads.slice(3, 6).map((lead) => ({ ...lead, name: `яд ${lead.name}` }));
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads.toSpliced(3, 3, ...poisoned)) await save(lead);
    practice.control.setPoison({
      marker: "яд",
      path: "_embedded.contacts.0.custom_fields_values.0.values.0.value",
    });
    const countDeliveries = () => practice.journal.filter(({ path }) => path.includes("/unsorted")).length;
    const before = countDeliveries();

    for (let time = 0; time < 3; time++) {
      await round();
      clock += 20_000;
    }

    // One look, and one more delivery.
    expect(countDeliveries() - before).toBeLessThanOrEqual(3);
    for (const lead of poisoned) {
      expect(await read(lead)).toMatchObject({ state: "needs_fix", problem: "refused" });
      expect(await readDetail(lead)).toEqual([
        expect.objectContaining({ field: "phone", code: "NotSupportedChoice" }),
      ]);
      expect(arrivals(lead)).toHaveLength(0);
    }
    for (const lead of leads.filter(({ id }) => !poisoned.some((other) => other.id === id))) {
      expect(await read(lead)).toMatchObject({ state: "confirmed" });
      expect(arrivals(lead)).toHaveLength(1);
    }
  });

  test("a lead that would arrive with a name only waits for the admin", async () => {
    const lead = aLead({ phone: "", email: "ivan@example.com" });
    await saveFirstMapping(MAPPING, db);
    await save(lead);

    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "mapping_broken" });
    expect(await readDetail(lead)).toEqual([{ field: "email", code: "unmapped", path: "email" }]);
    expect(arrivals(lead)).toHaveLength(0);
  });

  test.each(["plain", "indexed"] as const)("a refusal with %s paths names our field", async (errorPaths) => {
    const lead = aLead({ income: "семь" });
    const income = { entity: "leads" as const, fieldId: 1709444 };
    await saveFirstMapping({ ...MAPPING, fields: { ...MAPPING.fields, income } }, db);
    await save(lead);
    practice.control.setSwitch("errorPaths", errorPaths);

    await round();

    expect(await readDetail(lead)).toEqual([
      expect.objectContaining({ field: "income", code: "InvalidType" }),
    ]);
  });

  test("a refusal that names nobody is solved by halves", async () => {
    const leads = Array.from({ length: 16 }, (_, index) => aLead({ phone: `+7 900 500-00-${10 + index}` }));
    const poisoned = { ...aLead({ phone: "+7 900 500-00-99" }), name: "яд" };
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads.toSpliced(5, 0, poisoned)) await save(lead);
    practice.control.setPoison({ marker: "яд" });
    practice.control.setSwitch("errorRequestIds", false);
    const posts = countPosts();

    for (let time = 0; time < 12; time++) {
      await round();
      clock += 30_000;
    }

    expect(countPosts() - posts).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(17)) + 1);
    expect(await read(poisoned)).toMatchObject({ state: "needs_fix" });
    for (const lead of leads) expect(arrivals(lead)).toHaveLength(1);
  });

  test("a refusal of what is no field of ours names none", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.control.setPoison({ marker: lead.surname, path: "_embedded.leads.0.price" });

    await round();

    expect(await readDetail(lead)).toEqual([expect.objectContaining({ field: null })]);
  });

  test("a lead for a pipeline that takes no incoming ones waits for the admin", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    practice.control.setUnsorted({ id: MAPPING.pipelineId, on: false });
    await save(lead);

    await round();
    clock += 10_000;
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "mapping_broken" });
    expect(arrivals(lead)).toEqual([]);
  });

  test("a lead in doubt that went to a stage of its own, as its pipeline takes no incoming ones, is found there", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    practice.control.setUnsorted({ id: MAPPING.pipelineId, on: false });
    practice.control.setSwitch("unsortedOff", "first-stage");
    practice.failNext({ kind: "cut-after", method: "POST" });
    await save(lead);

    await round();
    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
    expect(arrivals(lead)).toHaveLength(1);
  });

  describe.each<Partial<Switches>>([
    {},
    { errorPaths: "indexed", unknownMetadataKey: "ignored" },
    { errorPaths: "none" },
    { errorRequestIds: false },
    {
      formPageRequired: true,
      unknownMetadataKey: "NotSupportedChoice",
      contactId: "refused",
      leadPipelineFallback: false,
      processedUid: 404,
      summaryByUid: false,
      tokenIsAdmin: false,
      contactLagMs: 60 * MINUTE_MS,
    },
    { listLagMs: 60 * MINUTE_MS },
    { sourceUidReturned: false, formPageReturned: false },
    { batch: "partial" },
    { batch: "partial", errorRequestIds: false },
    { batch: "partial", sourceUidReturned: false },
    { batch: "partial", sourceUidReturned: false, formPageReturned: false },
  ])("of a Kommo with %j", (switches) => {
    beforeEach(() => {
      for (const [name, value] of Object.entries(switches)) {
        practice.control.setSwitch(name as keyof Switches, value);
      }
    });

    test("every lead arrives once, and only the refused one waits", async () => {
      let people = 0;
      const aPerson = (name = "Иван") => aLead({ name, phone: `+7 900 300-00-${10 + people++}` });
      const poisoned = aPerson("яд");
      const innocent = [aPerson(), aPerson(), aPerson()];
      const [unclear, accepted, absent] = [aPerson(), aPerson(), aPerson()];
      await saveFirstMapping(MAPPING, db);
      practice.control.setPoison({ marker: "яд" });
      practice.failNext({ kind: "cut-after", method: "POST" });
      await save(unclear);
      await round();
      practice.failNext({ kind: "after-504", method: "POST" });
      await save(accepted);
      await round();
      await practice.control.accept(arrivals(accepted)[0]?.leadId ?? 0);
      practice.failNext({ kind: "cut-before", method: "POST" });
      await save(absent);
      await round();
      for (const lead of innocent.toSpliced(1, 0, poisoned)) await save(lead);

      for (let time = 0; time < 8; time++) {
        await round();
        clock += MINUTE_MS;
        if (time === 2) practice.control.setSwitch("listLagMs", 0);
      }
      for (let time = 0; time < 4; time++) {
        await round();
        clock += MINUTE_MS;
      }

      expect(arrivals(poisoned)).toEqual([]);
      expect(await read(poisoned)).toMatchObject({ state: "needs_fix", problem: "refused" });
      for (const lead of [...innocent, unclear, accepted, absent]) {
        expect(arrivals(lead)).toHaveLength(1);
        expect(await read(lead)).toMatchObject({
          state: "confirmed",
          kommoLeadId: arrivals(lead)[0]?.leadId,
        });
      }
    });
  });

  test.each([
    "cut-after",
    "cut-mid",
    "after-504",
    "after-garbage",
    "after-without-request-ids",
    "after-without-lead-ids",
    "truncated",
    "oversized",
  ] as const)("%s is looked up and found, never sent again", async (kind) => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind, method: "POST" });

    await round();
    expect(await read(lead)).toMatchObject({ state: "checking", problem: "unclear" });
    const [attempt] = await listAttempts(lead.id, db);
    expect(attempt?.outcome).toBe("unclear");
    clock += 11_000;
    await round();

    expect(await read(lead)).toMatchObject({
      state: "confirmed",
      problem: null,
      kommoLeadId: arrivals(lead)[0]?.leadId,
    });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test.each(["ours", "a stranger's"])(
    "a lead that Kommo merged into an earlier one, %s, before we looked is for a person, who is told so",
    async (whose) => {
      kommoNow = now;
      const [earlier, lead] = [aLead(), aLead()];
      await saveFirstMapping(MAPPING, db);
      await save(earlier);
      await round();
      await practice.control.accept(arrivals(earlier)[0]?.leadId ?? 0);
      const kommo_lead_id = whose === "ours" ? arrivals(earlier)[0]?.leadId : null;
      await db.updateTable("leads").set({ kommo_lead_id }).where("id", "=", earlier.id).execute();
      clock += 3 * MINUTE_MS;
      await save(lead);
      practice.failNext({ kind: "cut-after", method: "POST" });
      await round();
      practice.control.setSwitch("mergeAfterMs", 0);
      const posts = countPosts();

      clock += SETTLED_MS;
      await round();
      await round();

      expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "merged" });
      expect(countPosts()).toBe(posts);
    },
  );

  test("a lead without a phone that was accepted is found by its handle", async () => {
    const lead = aLead({ phone: "", telegram: "@petrov_ivan" });
    const handle = { telegram: { entity: "contacts" as const, fieldId: 1709360 } };
    await saveFirstMapping({ ...MAPPING, fields: handle }, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);

    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: leadId });
  });

  test("leads that our UUID finds are confirmed, though the rest cannot be asked for", async () => {
    const [found, missing] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(found);
    await save(missing);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.accept(arrivals(missing)[0]?.leadId ?? 0);
    practice.failNext({ kind: "500-html", path: "updated_at" });

    clock += SETTLED_MS;
    await round();

    expect(await read(found)).toMatchObject({ state: "confirmed" });
    expect(await read(missing)).toMatchObject({ state: "checking" });
  });

  test("while an innocent lead of a refused batch cannot be looked for, it is in doubt, not sent again", async () => {
    const [lead, poisoned] = [aLead(), aLead({ name: "яд" })];
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    await save(poisoned);
    practice.control.setPoison({ marker: "яд" });
    practice.failNext({ kind: "503", method: "GET" });

    await round();

    expect(await read(lead)).toMatchObject({ state: "checking" });
    expect(await read(poisoned)).toMatchObject({ state: "needs_fix" });
    expect(countPosts()).toBe(1);
  });

  test("an innocent lead of a refused batch is found, though more than a page is newer than it", async () => {
    const [lead, poisoned] = [aLead(), aLead({ name: "яд" })];
    await saveFirstMapping(MAPPING, db);
    practice.control.setSwitch("batch", "partial");
    practice.control.setPoison({ marker: "яд" });
    const newer = anItem({ created_at: Math.floor(clock / 1000) });
    await postItems(practice, Array(250).fill(newer));
    await createLead(lead, author, db, clock - 10 * MINUTE_MS, RULES);
    await createLead(poisoned, author, db, clock - 10 * MINUTE_MS, RULES);

    await round();
    clock += 2000;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a lead knows by which mapping it left, though we died before the answer", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    const send: Send = async () => {
      throw new Error("died");
    };

    await sendBatch(
      await claimBatch(await aDuty(db, now)),
      { published: PUBLISHED },
      await aDuty(db, now),
      send,
    ).catch(() => undefined);

    expect(await read(lead)).toMatchObject({ state: "sending", mappingVersion: 1 });
  });

  test("a lead that this token may not look for does not keep the others from leaving, and is looked for ever more rarely", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    practice.failNext({ kind: "answer", status: 403, method: "GET", path: "unsorted" }, 10_000);
    const others = Array.from({ length: 60 }, () => aLead());
    const before = practice.journal.length;

    for (const other of others) {
      await save(other);
      await round();
      expect(await findQueueStop(db)).toBeUndefined();
      expect(await read(other)).toMatchObject({ state: "confirmed" });
      clock += MINUTE_MS;
    }

    expect(await read(lead)).toMatchObject({ state: "checking" });
    const looks = practice.journal.slice(before).filter(({ path }) => path.includes("/leads/unsorted?"));
    expect(looks.length).toBeLessThan(20);
  });

  test("a look-up that fails decides nothing", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    practice.failNext({ kind: "500-html", method: "GET" });

    clock += SETTLED_MS;
    await round();
    expect(await read(lead)).toMatchObject({ state: "checking" });
    clock += MINUTE_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed" });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test.each([
    { sourceUidReturned: false, formPageReturned: true },
    { sourceUidReturned: true, formPageReturned: false },
    { sourceUidReturned: false, formPageReturned: false },
  ])("a lead is found with %j", async (switches) => {
    const [lead, neighbour] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(neighbour);
    await round();
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    for (const [name, value] of Object.entries(switches)) {
      practice.control.setSwitch(name as keyof typeof switches, value);
    }

    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test.each(["https://forms.example/page", "https://forms.example/?lead={id}"])(
    "a lead is found by an account that gives back only its form's page, %s",
    async (formPage) => {
      const lead = aLead();
      await saveFirstMapping({ ...MAPPING, formPage }, db);
      practice.control.setSwitch("sourceUidReturned", false);
      await save(lead);
      practice.failNext({ kind: "cut-after", method: "POST" });
      await round();

      clock += SETTLED_MS;
      await round();
      await round();

      expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
      expect(arrivals(lead)).toHaveLength(1);
    },
  );

  test("a lead that was accepted before we looked is found among the ordinary ones", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.accept(arrivals(lead)[0]?.leadId ?? 0);

    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("what was put into Kommo's trash before a lead was sent is not that lead, though one that was sent earlier may be it", async () => {
    kommoNow = now;
    const [earlier, later] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(earlier);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();
    await postItems(practice, [anItem()]);
    await practice.control.decline(practice.incomingLeads()[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ due_at: Number.MAX_SAFE_INTEGER }).execute();
    clock += 20 * MINUTE_MS;
    await save(later);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await db.updateTable("leads").set({ due_at: clock }).execute();
    await round();
    await round();

    expect(await read(earlier)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(await read(later)).toMatchObject({ state: "confirmed" });
    expect(arrivals(later)).toHaveLength(1);
  });

  test("a lead of Kommo that a person settles during the look is not matched with another of ours", async () => {
    const [lead, other] = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId: kommoLeadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(kommoLeadId);
    await save(other);
    const waiting = { state: "needs_admin", problem: "unclear" } as const;
    await db.updateTable("leads").set(waiting).where("id", "=", other.id).execute();
    clock += SETTLED_MS;
    const settleDuring: Transport = async (url, message) => {
      const settlement = { id: other.id, state: waiting.state, sentAt: null, kommoLeadId };
      if (url.pathname.endsWith("/contacts")) await settleLead(settlement, author, db, clock);
      return send(url, message);
    };
    const takeSlot = async () => ({ isMissed: () => false, bookLater: async () => {} });

    await verifyDue(PUBLISHED, await aDuty(db, now, { network: { takeSlot, transport: settleDuring } }));

    expect(await read(other)).toMatchObject({ state: "confirmed", kommoLeadId });
    expect(await read(lead)).toMatchObject({ state: "checking", kommoLeadId: null });
  });

  test("a lead that was accepted and renamed before we looked is for a person: it may be somebody else's", async () => {
    const lead = aLead({ phone: "+7 900 765-43-21" });
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    const { leadId } = arrivals(lead)[0] ?? { leadId: 0 };
    await practice.control.accept(leadId);
    await rename(leadId, "Переименован");

    clock += SETTLED_MS;
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a stranger made at the time of a lead may be that lead, changed since: a person decides", async () => {
    const [stranger, lead] = [aLead({ phone: "+7 900 000-00-01" }), aLead({ phone: "+7 900 000-00-02" })];
    await saveFirstMapping(MAPPING, db);
    await save(stranger);
    await round();
    await practice.control.accept(arrivals(stranger)[0]?.leadId ?? 0);
    await db.updateTable("leads").set({ kommo_lead_id: null }).where("id", "=", stranger.id).execute();
    await save(lead);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(0);
  });

  test("the second copy of a doubled lead is not taken for another lead of the same person", async () => {
    const doubled = aLead();
    const [copy, lead] = [
      { ...doubled, id: randomUUID() },
      { ...doubled, id: randomUUID() },
    ];
    await saveFirstMapping(MAPPING, db);
    await save(doubled);
    await save(copy);
    await round();
    const [leadId = 0, twinId = 0] = [doubled, copy].map((one) => arrivals(one)[0]?.leadId);
    await practice.control.accept(leadId);
    await practice.control.accept(twinId);
    await db.updateTable("leads").set({ kommo_lead_id: null }).where("id", "=", copy.id).execute();
    await db.updateTable("leads").set({ twin_id: twinId }).where("id", "=", doubled.id).execute();
    await save(lead);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "confirmed", kommoLeadId: arrivals(lead)[0]?.leadId });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("more leads than are written at once are found by one look", async () => {
    const ids = Array.from({ length: 1200 }, () => randomUUID());
    await saveFirstMapping(MAPPING, db);
    const created_at = Math.floor(clock / 1000);
    for (const some of inChunks(ids, 50)) {
      const items = some.map((id) => anItem({ request_id: id, source_uid: id, created_at }));
      expect((await postItems(practice, items)).status).toBe(200);
    }
    const columns = { author_id: author, name: "Иван", phone: "+79001234567", state: "checking" as const };
    const times = { created_at: clock, due_at: clock, sent_at: clock, settles_at: clock, tries: 0 };
    const rows = ids.map((id) => ({ id, ...columns, ...times }));
    await db.insertInto("leads").values(rows).execute();

    await round();

    const states = await db.selectFrom("leads").select("state").execute();
    expect(states.filter(({ state }) => state === "confirmed")).toHaveLength(1200);
    const found = await db.selectFrom("attempt_leads").select("lead_id").execute();
    expect(new Set(found.map(({ lead_id }) => lead_id))).toEqual(new Set(ids));
  });

  test("a lead that was declined before we looked is for a person to decide", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.decline(arrivals(lead)[0]?.leadId ?? 0);

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(lead)).toMatchObject({ state: "needs_admin", problem: "unclear" });
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a lead that one of two namesakes left in Kommo is given to neither", async () => {
    const first = aLead();
    const second = aLead({ surname: first.surname });
    await saveFirstMapping(MAPPING, db);
    await save(first);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    await practice.control.accept(arrivals(first)[0]?.leadId ?? 0);
    await save(second);
    practice.failNext({ kind: "cut-before", method: "POST" });
    await round();

    clock += SETTLED_MS;
    await round();
    await round();

    for (const lead of [first, second]) expect(await read(lead)).toMatchObject({ state: "needs_admin" });
  });

  test("every attempt is counted, also the refusal that names nobody", async () => {
    const count = async (outcome: string) => {
      const { values } = await getMetrics().attempts.get();
      return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;
    };
    const [refused, confirmed] = [await count("refused"), await count("confirmed")];
    const leads = [aLead(), aLead()];
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads) await save(lead);
    practice.control.setPoison({ marker: leads[0]?.surname });
    practice.control.setSwitch("errorRequestIds", false);

    for (let time = 0; time < 4; time++) {
      await round();
      clock += 30_000;
    }

    expect(await count("refused")).toBe(refused + 2);
    expect(await count("confirmed")).toBe(confirmed + 1);
  });

  test("two leads of one name and second are not guessed apart", async () => {
    const first = aLead();
    const second = aLead({ surname: first.surname });
    await saveFirstMapping(MAPPING, db);
    await save(first);
    await save(second);
    practice.failNext({ kind: "cut-after", method: "POST" });
    await round();
    practice.control.setSwitch("sourceUidReturned", false);
    practice.control.setSwitch("formPageReturned", false);

    clock += SETTLED_MS;
    await round();
    await round();

    expect(await read(first)).toMatchObject({ state: "needs_admin" });
    expect([...arrivals(first), ...arrivals(second)]).toHaveLength(2);
  });

  test("a lead whose sender died in flight is looked for before it is sent again", async () => {
    const lead = aLead();
    await saveFirstMapping(MAPPING, db);
    await save(lead);
    await claimBatch(await aDuty(db, now));

    expect(await round()).toBe(false);
    await takeLease({ holder: "another" }, db, clock);
    clock += SETTLED_MS;
    const before = practice.journal.length;
    await round();
    await round();

    const methods = practice.journal.slice(before).map((entry) => entry.method);
    expect(methods.filter((method) => method === "POST")).toHaveLength(1);
    expect(methods[0]).toBe("GET");
    expect(methods.at(-1)).toBe("POST");
    expect(arrivals(lead)).toHaveLength(1);
  });

  test("a Kommo that gives up on large batches gets smaller ones, and larger ones again", async () => {
    const leads = Array.from({ length: 50 }, (_, index) => aLead({ phone: `+7 900 600-00-${10 + index}` }));
    await saveFirstMapping(MAPPING, db);
    for (const lead of leads) await save(lead);
    practice.failNext({ kind: "504", method: "POST" });

    await round();
    clock += SETTLED_MS;
    await round();
    const before = practice.journal.length;
    await round();

    const sizes = practice.journal.slice(before).filter(({ method }) => method === "POST").length;
    expect(sizes).toBe(2);
    for (const lead of leads) expect(arrivals(lead)).toHaveLength(1);
    const { batch_limit } = await db.selectFrom("sender").select("batch_limit").executeTakeFirstOrThrow();
    expect(batch_limit).toBe(27);
  });
});
