import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { noteHook, setHook } from "@/lib/kommo-hooks/mutations";
import { findHookState } from "@/lib/kommo-hooks/queries";
import { createLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { listToRead } from "@/lib/outcomes/known-leads";
import { lookAtOutcomes } from "@/lib/outcomes/look";
import { findQueueStop } from "@/lib/queue/halt";
import { findPause } from "@/lib/rate-limit/lanes";
import type { Practice } from "@/practice/server";
import { openAccount } from "@/practice/state/account";
import { aLead } from "@/tests/support/builders";
import { databases, emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { lookAgain, prepareLooks, UNPACED } from "@/tests/support/outcomes";
import { insertSeller } from "@/tests/support/people";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

let practice: Practice;

describe.each(migratedDatabases)("looks that meet trouble on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    // Not the minute in which the longest overdue are read.
    clock = Math.ceil(Date.now() / (5 * MINUTE_MS)) * 5 * MINUTE_MS + MINUTE_MS;
    practice = await openPractice({ now: () => clock });
    author = await insertSeller(db);
    await saveMapping(1711084);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
    vi.unstubAllEnvs();
  });
  afterAll(() => db.destroy());

  const now = () => clock;
  const pass = (ms: number) => {
    clock += ms;
  };
  const saveMapping = (fieldId?: number) => {
    const fields = { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } };
    const reference = fieldId === undefined ? undefined : { entity: "leads", fieldId };
    return saveFirstMapping(mappingSchema.parse({ pipelineId: 12984871, fields, reference }), db);
  };
  const deliver = async () => {
    const lead = aLead();
    await createLead(lead, author, db, clock, RULES);
    await deliverRound(db, now);
    const leadId = practice.incomingLeads().find(({ requestId }) => requestId === lead.id)?.leadId ?? 0;
    return { id: lead.id, leadId };
  };
  const look = () => lookAgain(db, now);
  const lookIfDue = () => lookAtOutcomes(db, now, { network: UNPACED });
  const deliverAndLook = async () => {
    const lead = await deliver();
    await prepareLooks(db, now);
    await look();
    practice.journal.length = 0;
    return lead;
  };
  const read = ({ id }: { id: string }) =>
    db.selectFrom("leads").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const readState = () => db.selectFrom("outcome_reading").selectAll().executeTakeFirstOrThrow();
  const paths = () => practice.journal.map(({ path }) => path.split("?")[0]?.replace("/api/v4", ""));
  const answer = (status: number, path: string, more: object = {}) => ({
    ...{ kind: "answer" as const, status, method: "GET" as const, path },
    body: { title: "x", status, ...more },
  });
  /** One does not stand where it stood, and Kommo does not tell; then a look finds that out. */
  const loseOne = async (lose: (leadId: number, other: number) => Promise<unknown>) => {
    practice.control.setSwitch("eventsLost", true);
    const [gone, stays, other] = [await deliver(), await deliver(), await deliver()];
    await prepareLooks(db, now);
    await look();
    await lose(gone.leadId, other.leadId);
    pass(10 * MINUTE_MS);
    await look();
    await practice.control.accept(stays.leadId);
    return { gone, stays };
  };

  test.each([401, 402, 404])(
    "a %i on events alone switches them off for an hour, and leads are read and delivered",
    async (status) => {
      const lead = await deliverAndLook();
      await practice.control.accept(lead.leadId);
      practice.failNext(answer(status, "/events"), 100);
      pass(10 * MINUTE_MS);

      await look();
      expect(paths()).toEqual(["/events", "/account", "/leads"]);
      expect(await read(lead)).toMatchObject({ outcome: "accepted" });
      pass(MINUTE_MS);
      await look();
      expect(paths()).toHaveLength(3);
      pass(HOUR_MS);
      await look();
      expect(paths().slice(3, 5)).toEqual(["/events", "/account"]);
      expect(await findQueueStop(db)).toBeUndefined();
    },
  );

  test.each([401, 402, 403, 404])(
    "a %i on leads alone switches reading them off for an hour, and events go on",
    async (status) => {
      const lead = await deliverAndLook();
      practice.failNext(answer(status, "/leads"), 1);
      pass(10 * MINUTE_MS);
      await look();
      practice.journal.length = 0;
      pass(MINUTE_MS);
      await practice.control.accept(lead.leadId);
      await db.updateTable("leads").set({ look_at: 0 }).execute();
      await look();

      expect(paths()).toEqual(["/events"]);
      expect(await findQueueStop(db)).toBeUndefined();
      await db.updateTable("leads").set({ look_at: 0 }).execute();
      pass(HOUR_MS);
      await look();
      expect(paths().at(-1)).toBe("/leads");
    },
  );

  test("a 503 that asks for silence does not keep leads from leaving, nor from being read", async () => {
    const lead = await deliverAndLook();
    practice.failNext(answer(503, "/events", { retry_after: 3600 }), 100);
    await practice.control.accept(lead.leadId);
    pass(10 * MINUTE_MS);
    await look();

    expect(await findPause(db, clock)).toBeLessThan(2000);
    expect(await read(lead)).toMatchObject({ outcome: "accepted" });
  });

  test("another account is not looked at: its leads are not ours", async () => {
    const lead = await deliverAndLook();
    await practice.close();
    const account = openAccount();
    practice = await openPractice({
      now: () => clock,
      account: { ...account, about: { ...account.about, id: 777 } },
    });
    // As it is after another address or token was set.
    await db.updateTable("sender").set({ account_mark: "of another connection" }).execute();
    pass(10 * MINUTE_MS);
    await look();
    await look();

    expect(new Set(paths())).toEqual(new Set(["/account"]));
    expect(await read(lead)).toMatchObject({ outcome: "incoming" });
    expect(await findQueueStop(db)).toMatchObject({ kind: "halted", code: "other_account" });
  });

  test.each([400, 500, 403])(
    "a %i for each look into the trash does not keep other leads from being read",
    async (status) => {
      const { stays } = await loseOne((leadId) => practice.control.decline(leadId));
      practice.failNext(answer(status, "/leads"));
      await look();
      expect(practice.journal.at(-1)?.path).toContain("only_deleted");
      expect(await readState()).toMatchObject({ missing: "[]" });
      pass(2 * HOUR_MS);
      await look();

      expect(await read(stays)).toMatchObject({ outcome: "accepted" });
    },
  );

  test("what a merged lead was merged into is asked for once, whatever is answered, when nothing else is to be read", async () => {
    const { gone, stays } = await loseOne((leadId, intoId) =>
      practice.control.mergeLeads({ leadId, intoId }),
    );
    await look();
    expect(await read(gone)).toMatchObject({ outcome: "merged" });
    await db.updateTable("leads").set({ look_at: clock }).where("id", "=", stays.id).execute();
    await look();
    expect(await read(stays)).toMatchObject({ outcome: "accepted" });
    practice.failNext(answer(400, "/leads"), 1);
    practice.journal.length = 0;
    await look();
    await look();

    expect(practice.journal.filter(({ path }) => path.includes("query="))).toHaveLength(1);
    expect(await readState()).toMatchObject({ merged: "[]" });
  });

  test("the newest lead is read before a backlog, and the backlog is read too", async () => {
    const old = await read(await deliverAndLook());
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...{ ...old, id: crypto.randomUUID(), kommo_lead_id: 50_000_000 + index, outcome: null },
      ...{ confirmed_at: clock - 100 * DAY_MS, look_at: clock - 100 * DAY_MS },
    }));
    await db.insertInto("leads").values(rows).execute();
    pass(MINUTE_MS);
    const fresh = await deliver();
    await look();
    expect(await read(fresh)).toMatchObject({ outcome: "incoming" });
    expect(await readState()).toMatchObject({ missing: expect.stringContaining("500000") });
    for (let minute = 0; minute < 20; minute++) {
      pass(MINUTE_MS);
      await look();
    }
    const left = db
      .selectFrom("leads")
      .select("id")
      .where("look_at", "<=", clock - DAY_MS);
    expect(await left.execute()).toEqual([]);
  });

  test("every fifth minute the longest overdue is read before the newest, so that it does not wait for ever", async () => {
    const old = await read(await deliverAndLook());
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ...{ ...old, id: crypto.randomUUID(), kommo_lead_id: 50_000_000 + index },
      ...{ confirmed_at: clock + index, look_at: clock },
    }));
    await db.insertInto("leads").values(rows).execute();
    await db.updateTable("leads").set({ confirmed_at: 1, look_at: 1 }).where("id", "=", old.id).execute();
    const hasOld = async (at: number) => {
      const toRead = await listToRead(at, { most: 50, isUrgentOnly: false }, db);
      return toRead.some(({ id }) => id === old.id);
    };

    expect(await hasOld(clock)).toBe(false);
    expect(await hasOld(clock + 4 * MINUTE_MS)).toBe(true);
  });

  test.each(["decline", "trashLead"] as const)(
    "a lead that %s has put away is noticed when it is restored without an event",
    async (put) => {
      const lead = await deliverAndLook();
      await db
        .updateTable("outcome_reading")
        .set({ events_off_until: clock + DAY_MS })
        .execute();
      practice.control.setSwitch("eventsLost", true);
      if (put === "trashLead") await practice.control.accept(lead.leadId);
      await (put === "decline" ? practice.control.decline(lead.leadId) : practice.control.trashLead(lead));
      pass(10 * MINUTE_MS);
      await look();
      await look();
      expect((await read(lead)).look_at).toBe(clock + DAY_MS);
      pass(DAY_MS);
      // The first one asks about the account's filters.
      for (let time = 0; time < 3; time++) await look();
      const before = await read(lead);
      expect(before.closed_at).toBe(before.outcome_at);
      await practice.control.restoreLead({ leadId: lead.leadId });
      pass(DAY_MS);
      for (let time = 0; time < 2; time++) await look();

      expect(await read(lead)).toMatchObject({ outcome: put === "decline" ? "incoming" : "accepted" });
    },
  );

  test("what stays away is read again for a month", async () => {
    const lead = await deliverAndLook();
    pass(MINUTE_MS);
    await practice.control.decline(lead.leadId);
    for (let day = 0; day < 32; day++) {
      await look();
      await look();
      expect(await read(lead)).toMatchObject({ outcome: "declined" });
      pass(DAY_MS);
    }

    expect((await read(lead)).look_at).toBeNull();
  });

  test("a clock that was ahead by a year costs nothing once it is right again", async () => {
    const lead = await deliverAndLook();
    practice.failNext({ kind: "403-scope", method: "GET", path: "/events" });
    await lookAgain(db, () => clock + YEAR_MS);
    await lookAgain(db, () => clock + YEAR_MS);
    await lookAgain(db, () => clock + YEAR_MS);
    expect((await read(lead)).look_at).toBeGreaterThan(clock + YEAR_MS);
    practice.control.setSwitch("eventsLost", true);
    await practice.control.accept(lead.leadId);
    practice.journal.length = 0;
    pass(MINUTE_MS);
    await look();
    await look();

    expect(paths()).toContain("/events");
    expect(await read(lead)).toMatchObject({ outcome: "accepted" });
  });

  test("where Kommo shows none of ours, none of them is taken for merged", async () => {
    const leads = [await deliver(), await deliver(), await deliver()];
    await prepareLooks(db, now);
    await look();
    practice.failNext({ kind: "answer", status: 204, method: "GET", path: "/leads" }, 200);
    for (let looks = 0; looks < 3; looks++) {
      pass(10 * MINUTE_MS);
      await look();
    }

    for (const lead of leads) expect(await read(lead)).toMatchObject({ outcome: "incoming" });
  });

  test("a merged lead is settled at once where no field has the reference", async () => {
    await db.deleteFrom("mappings").execute();
    await saveMapping();
    const { gone } = await loseOne((leadId, intoId) => practice.control.mergeLeads({ leadId, intoId }));
    await look();

    expect(await read(gone)).toMatchObject({ outcome: "merged", merged_into: null, look_at: clock + DAY_MS });
    expect(await readState()).toMatchObject({ merged: "[]" });
  });

  test("a desk that stops ends its look, and puts nothing off", async () => {
    const lead = await deliverAndLook();
    pass(10 * MINUTE_MS);
    const due = (await read(lead)).look_at;
    const stopping = new AbortController();
    const transport: typeof UNPACED.transport = (...sent) => {
      if (sent[0].pathname.endsWith("/leads")) stopping.abort();
      return UNPACED.transport(...sent);
    };
    await lookAtOutcomes(db, now, { network: { ...UNPACED, transport }, stopping: stopping.signal });

    expect(stopping.signal.aborted).toBe(true);
    expect((await read(lead)).look_at).toBe(due);
  });

  test("one odd event among others does not switch events off", async () => {
    await deliverAndLook();
    const seconds = Math.floor(clock / 1000);
    const event = (id: string, created_at: number) => ({
      ...{ id, type: "lead_deleted", entity_id: 5, entity_type: "lead", created_by: 0, created_at },
      ...{ value_after: [], value_before: [] },
    });
    const events = [event("1", seconds - 4000), event("2", seconds), event("3", seconds)];
    practice.failNext({ kind: "answer", status: 200, body: { _embedded: { events } }, path: "/events" });
    await look();

    expect(await readState()).toMatchObject({ events_off_until: 0 });
  });

  test("with a hook each second and many leads to read there is little more than one request a look", async () => {
    await setHook(author, db, clock);
    const old = await read(await deliverAndLook());
    await db.updateTable("leads").set({ look_at: null }).execute();
    const rows = Array.from({ length: 1000 }, (_, index) => ({
      ...{ ...old, id: crypto.randomUUID(), kommo_lead_id: 50_000_000 + index, look_at: clock },
    }));
    for (let done = 0; done < 1000; done += 200)
      await db
        .insertInto("leads")
        .values(rows.slice(done, done + 200))
        .execute();
    for (let second = 0; second < 300; second++) {
      pass(SECOND_MS);
      await noteHook(db, clock);
      await lookIfDue();
    }

    const asked = paths();
    expect(asked.filter((path) => path === "/events").length).toBeLessThanOrEqual(30);
    expect(asked.filter((path) => path === "/leads").length).toBeLessThanOrEqual(6);
    expect(asked.filter((path) => path === "/leads").length).toBeGreaterThan(3);
  });

  test("a hook within a second of one that came before a look wakes another look", async () => {
    await setHook(author, db, clock);
    await deliverAndLook();
    pass(MINUTE_MS);
    await noteHook(db, clock);
    pass(100);
    expect(await lookIfDue()).toBe(true);
    pass(300);
    await noteHook(db, clock);
    pass(11 * SECOND_MS);

    expect(await lookIfDue()).toBe(true);
  });

  test("a hook is not silent after a quiet day, but when events come a day after the last one", async () => {
    await setHook(author, db, clock);
    const lead = await deliverAndLook();
    pass(MINUTE_MS);
    await practice.control.accept(lead.leadId);
    await noteHook(db, clock);
    pass(2 * SECOND_MS);
    await look();
    for (let hour = 0; hour < 30; hour++) {
      pass(HOUR_MS);
      await look();
    }
    expect(await findHookState(db)).toMatchObject({ isSilent: false });

    pass(SECOND_MS);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: 142 });
    pass(MINUTE_MS);
    await look();
    expect(await findHookState(db)).toMatchObject({ isSilent: true });
  });
});

test.each(databases)(
  "only leads of the last half year of an older database are read, on $name",
  async ({ open }) => {
    const db = await open();
    await migrate(db, "0034-grants");
    const author_id = await insertSeller(db);
    const row = { author_id, due_at: 0, tries: 0, created_at: 0, state: "confirmed" };
    await db
      .insertInto("leads")
      .values([
        { ...row, id: "young", kommo_lead_id: 1, confirmed_at: Date.now() - 170 * DAY_MS },
        { ...row, id: "old", kommo_lead_id: 2, confirmed_at: Date.now() - 190 * DAY_MS },
      ])
      .execute();

    await migrate(db);

    const queued = await db.selectFrom("leads").select("id").where("look_at", "is not", null).execute();
    expect(queued).toEqual([{ id: "young" }]);
    await db.destroy();
  },
);
