import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Duty } from "@/lib/delivery/duty";
import { verifyIfBehind } from "@/lib/delivery/restore/after-restore";
import { createLookBack } from "@/lib/delivery/restore/look-back";
import { openSendingsFile } from "@/lib/delivery/restore/sendings-file";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { type Mapping, mappingSchema } from "@/lib/domain/mapping/schema";
import { send, type Transport } from "@/lib/kommo/send";
import { createLead, withdrawLead } from "@/lib/leads/mutations";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { eraseLeads } from "@/lib/privacy/mutations";
import { holdLease } from "@/lib/worker/lease";
import type { Practice } from "@/practice/server";
import * as builders from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverDue } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { freeSlot } from "@/tests/support/slots";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const COUNT = 100;
const MAPPING: Mapping = mappingSchema.parse({
  pipelineId: 12984871,
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
});
const REFERENCED: Mapping = {
  ...MAPPING,
  reference: { entity: "leads" as const, fieldId: 1711084, type: "text" },
};

let practice: Practice;
let folder: string;
let clock: number;
let began: number;

beforeEach(async () => {
  practice = await openPractice();
  folder = mkdtempSync(join(tmpdir(), "copied-"));
  clock = Date.now();
  began = clock;
});
afterEach(() => practice.close());
afterAll(() => vi.unstubAllEnvs());

const now = () => clock;
const uptime = () => clock - began;
const toPath = (name: string) => join(folder, name);
const openCount = (name = "sendings") => openSendingsFile(toPath(name));
const aDutyOf = (db: Db, more: Partial<Duty> = {}) => aDuty(db, now, { uptime, ...more });

async function fill(db: Db, mapping = MAPPING, count = COUNT): Promise<void> {
  const author = await insertSeller(db);
  await saveFirstMapping(mapping, db);
  for (let index = 0; index < count; index++) {
    const phone = `+7900${String(1_000_000 + index)}`;
    await createLead(builders.aLead({ phone, surname: `Петров-${index}` }), author, db, clock, RULES);
  }
}

/** Rounds of one process until nothing is under way. */
async function deliverAll(db: Db, more: Partial<Duty> = {}): Promise<void> {
  for (let round = 0; round < 60; round++) {
    await deliverDue(await aDutyOf(db, more));
    const left = await countIn(db, ["held", "queued", "sending", "checking"]);
    if (left === 0) return;
    clock += 10_000;
  }
}

async function countIn(db: Db, states: string[]): Promise<number> {
  const { count } = await db
    .selectFrom("leads")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "in", states)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function countPosted(): number {
  return practice.incomingLeads().length;
}

describe("a SQLite file that was copied back", () => {
  let db: Db;
  const open = async (name = "desk.db") => {
    db = openDb(`file:${toPath(name)}`);
    await migrate(db);
  };
  const close = () => db.destroy();
  const copy = (from: string, to: string) => {
    for (const end of ["-wal", "-shm"]) rmSync(toPath(to + end), { force: true });
    copyFileSync(toPath(from), toPath(to));
  };
  /** A copy of the closed file, after which all leads are sent and the desk stops. */
  const copyAndDeliver = async (mapping = MAPPING) => {
    await open();
    await fill(db, mapping);
    await close();
    copy("desk.db", "copy.db");
    await open();
    await deliverAll(db, { sendings: openCount() });
    await close();
  };

  afterEach(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  test("is recognised by the count beside it: of 100 leads that were sent since none goes again", async () => {
    await copyAndDeliver();
    copy("copy.db", "desk.db");
    await open();
    const sendings = openCount();

    expect(await verifyIfBehind(sendings, db, clock)).toBe(true);
    await deliverAll(db, { sendings });

    expect(await countIn(db, ["confirmed"])).toBe(COUNT);
    expect(countPosted()).toBe(COUNT);
    expect(await verifyIfBehind(openCount(), db, clock)).toBe(false);
  });

  test("together with its count, or to a machine without one, is recognised by Kommo's incoming leads", async () => {
    await copyAndDeliver();
    copy("copy.db", "elsewhere.db");
    await open("elsewhere.db");

    await deliverAll(db, { sendings: openCount("none"), isUpToDate: createLookBack() });

    expect(await countIn(db, ["confirmed"])).toBe(COUNT);
    expect(countPosted()).toBe(COUNT);
  });

  test("is recognised by the references of leads that were all accepted since", async () => {
    await copyAndDeliver(REFERENCED);
    for (const { leadId } of practice.incomingLeads()) await practice.control.accept(leadId);
    copy("copy.db", "elsewhere.db");
    await open("elsewhere.db");

    await deliverAll(db, { isUpToDate: createLookBack() });

    expect(await countIn(db, ["confirmed"])).toBe(COUNT);
    expect(countPosted()).toBe(COUNT);
  });

  test("and a count that cannot be read: all is verified once, and leads leave", async () => {
    await open();
    await fill(db, MAPPING, 3);
    writeFileSync(toPath("sendings"), "\0\0");
    const sendings = openCount();

    expect(await verifyIfBehind(sendings, db, clock)).toBe(true);
    expect(await verifyIfBehind(sendings, db, clock)).toBe(false);
    await deliverAll(db, { sendings });

    expect(await countIn(db, ["confirmed"])).toBe(3);
    expect(await verifyIfBehind(openCount(), db, clock)).toBe(false);
  });
});

const TABLES = ["attempt_leads", "attempts", "leads", "sender"] as const;

describe.each(migratedDatabases)("tables that were copied back on $name", ({ open }) => {
  let db: Db;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    for (const table of TABLES) await sql`drop table if exists ${sql.ref(`copy_of_${table}`)}`.execute(db);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const copyTables = async () => {
    for (const table of TABLES)
      await sql`create table ${sql.ref(`copy_of_${table}`)} as select * from ${sql.ref(table)}`.execute(db);
  };
  const copyBack = () =>
    db.transaction().execute(async (tx) => {
      for (const table of TABLES) await sql`delete from ${sql.ref(table)}`.execute(tx);
      for (const table of TABLES.toReversed())
        await sql`insert into ${sql.ref(table)} select * from ${sql.ref(`copy_of_${table}`)}`.execute(tx);
    });

  test("while the desk runs: nothing leaves before the next renewal, and then none of 100 leads goes again", async () => {
    await fill(db);
    await copyTables();
    const sendings = openCount();
    await deliverAll(db, { sendings });
    await copyBack();

    await deliverDue(await aDutyOf(db, { sendings }));
    expect(await countIn(db, ["sending"])).toBe(COUNT);
    expect(countPosted()).toBe(COUNT);

    const lease = holdLease({ isAlive: () => false, db, now, sendings });
    await lease.renew();
    await lease.release();
    await deliverAll(db, { sendings });

    expect(await countIn(db, ["confirmed"])).toBe(COUNT);
    expect(countPosted()).toBe(COUNT);
  });

  test("another process with a count of its own folder, which is behind, stops nothing", async () => {
    await fill(db, MAPPING, 3);
    await deliverAll(db, { sendings: openCount("first") });

    expect(await verifyIfBehind(openCount("second"), db, clock)).toBe(false);
  });

  describe("the look back before the first sending", () => {
    const first = (isUpToDate: Duty["isUpToDate"]) => async () =>
      deliverDue(await aDutyOf(db, { isUpToDate }));
    const reads = () => practice.journal.filter(({ method }) => method === "GET").length;

    test("asks once for each holder of the lease, and nothing where nothing waits", async () => {
      const round = first(createLookBack());
      await fill(db, MAPPING, 0);
      await round();
      expect(reads()).toBe(0);

      await fillOne();
      await round();
      const once = reads();
      await fillOne();
      await round();

      expect(countPosted()).toBe(2);
      expect([once, reads()]).toEqual([1, 1]);
    });

    const steadily = () => createLookBack({ steady: () => clock });
    const everyMinute = async (round: () => Promise<unknown>, minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        clock += MINUTE_MS;
        await round();
      }
    };

    test("that fails is repeated, and leads leave without it two minutes after Kommo told its account", async () => {
      const told: boolean[] = [];
      const isUpToDate = createLookBack({
        steady: () => clock,
        tell: (isUnread) => void told.push(isUnread),
      });
      const round = first(isUpToDate);
      await fill(db, MAPPING, 1);
      practice.failNext({ kind: "503", method: "GET", path: "unsorted" }, 4);

      await round();
      await everyMinute(round, 2);
      expect(countPosted()).toBe(0);
      await everyMinute(round, 1);
      expect(countPosted()).toBe(1);
      expect(told).toEqual([true]);

      await fillOne();
      await everyMinute(round, 1);
      expect(told).toEqual([true, false]);
    });

    test.each([
      { list: "the incoming leads", mapping: MAPPING },
      { list: "the references", mapping: REFERENCED },
    ])("takes no lead that has left while $list were read for one of a later time", async ({ mapping }) => {
      await fill(db, mapping, 1);
      let isSent = false;
      const transport: Transport = async (url, message) => {
        if (!isSent) {
          isSent = true;
          await deliverDue(await aDutyOf(db));
          for (const { leadId } of mapping.reference ? practice.incomingLeads() : [])
            await practice.control.accept(leadId);
        }
        return send(url, message);
      };
      const lookBack = vi.fn(createLookBack());

      const network = { takeSlot: freeSlot, transport };
      await deliverDue(await aDutyOf(db, { isUpToDate: lookBack, network }));

      await expect(lookBack.mock.results[0]?.value).resolves.toBe(true);
      expect(await countIn(db, ["confirmed"])).toBe(1);
    });

    test("outlasts a Kommo that answers nothing: it would take no leads either", async () => {
      await copyTablesOfSent();
      const round = first(steadily());
      practice.failNext({ kind: "503", method: "GET" }, 20);

      await everyMinute(round, 20);
      expect(countPosted()).toBe(1);
      await everyMinute(round, 1);

      expect(await countIn(db, ["checking"])).toBe(1);
      expect(countPosted()).toBe(1);
    });

    test("outlasts a block, which refuses the account as well as the lists", async () => {
      await copyTablesOfSent();
      const round = first(steadily());
      practice.failNext({ kind: "answer", status: 403, method: "GET" }, 2);

      await round();
      await everyMinute(round, 2);

      expect(await countIn(db, ["checking"])).toBe(1);
      expect(countPosted()).toBe(1);
    });

    test("is due by a clock that a copied database does not set back", async () => {
      await fill(db, MAPPING, 1);
      practice.failNext({ kind: "503", method: "GET", path: "unsorted" });
      const round = async (isUpToDate: Duty["isUpToDate"]) =>
        deliverDue(await aDutyOf(db, { isUpToDate, uptime: () => uptime() - 60 * MINUTE_MS }));
      const isUpToDate = steadily();

      await first(isUpToDate)();
      clock += MINUTE_MS;
      await round(isUpToDate);

      expect(countPosted()).toBe(1);
    });

    test("that failed under another epoch begins anew", async () => {
      await fill(db, MAPPING, 1);
      practice.failNext({ kind: "503", method: "GET", path: "unsorted" });
      const round = first(steadily());
      await round();

      await db.updateTable("sender").set({ epoch: 77 }).execute();
      await round();

      expect(countPosted()).toBe(1);
    });

    test("is not needed where the token may not read", async () => {
      await fill(db, MAPPING, 1);
      practice.failNext({ kind: "answer", status: 403, method: "GET", path: "unsorted" });

      await first(createLookBack())();

      expect(countPosted()).toBe(1);
    });

    test.each([
      ["nobody here knows", false],
      ["was undone here as one that nobody knew", true],
    ])("takes a lead with an address of ours that %s for a sign, once", async (_, isUndone) => {
      await fill(db, MAPPING, 1);
      const lead = builders.aLead();
      if (isUndone) await expect(withdrawLead(lead.id, "anybody", db, clock)).rejects.toThrow();
      const page = `${process.env.NEXTAUTH_URL}/leads/${lead.id}`;
      await postItems(practice, [toIncomingLead({ ...builders.aLeadToSend(lead), page }, MAPPING)]);

      await first(createLookBack())();
      expect(await countIn(db, ["checking"])).toBe(1);
      await fillOne();
      await first(createLookBack())();

      expect(await countIn(db, ["confirmed"])).toBe(1);
    });

    test("takes a lead that was erased here before its id in Kommo was known for no sign", async () => {
      await fill(db, MAPPING, 1);
      practice.failNext({ kind: "cut-after", method: "POST" });
      await first(undefined)();
      await db.updateTable("leads").set({ state: "needs_admin" }).execute();
      const { id, author_id } = await db
        .selectFrom("leads")
        .select(["id", "author_id"])
        .executeTakeFirstOrThrow();
      expect(await eraseLeads([id], author_id, db, clock)).toMatchObject({ kommoLeadIds: [] });

      await fillOne();
      await first(createLookBack())();

      const { restored_at } = await db.selectFrom("sender").select("restored_at").executeTakeFirstOrThrow();
      expect(restored_at).toBeNull();
      expect(await countIn(db, ["confirmed"])).toBe(1);
    });

    test("takes a withdrawn lead that was sent since for a sign, once", async () => {
      await fill(db, MAPPING, 1);
      await deliverAll(db);
      await db.updateTable("leads").set({ state: "withdrawn", sent_at: null, kommo_lead_id: null }).execute();
      await fillOne();
      const isUpToDate = createLookBack();

      await deliverAll(db, { isUpToDate });

      expect(await countIn(db, ["withdrawn"])).toBe(1);
      expect(await countIn(db, ["confirmed"])).toBe(1);
      expect(countPosted()).toBe(2);
    });

    test("does not ask for a website lead that has waited for days to be checked", async () => {
      await fill(db, MAPPING, 1);
      await deliverAll(db);
      await db.updateTable("leads").set({ state: "to_check", sent_at: null, kommo_lead_id: null }).execute();
      clock += 3 * 24 * 60 * MINUTE_MS;
      await fillOne();

      await deliverAll(db, { isUpToDate: createLookBack() });

      const { restored_at } = await db.selectFrom("sender").select("restored_at").executeTakeFirstOrThrow();
      expect(restored_at).toBeNull();
      expect(await countIn(db, ["confirmed"])).toBe(1);
    });

    test("takes a lead that is looked for when it is brought back for no sign", async () => {
      await fill(db, MAPPING, 1);
      await deliverAll(db);
      const forgotten = { state: "withdrawn", sent_at: null, kommo_lead_id: null, settles_at: 1 };
      await db.updateTable("leads").set(forgotten).execute();
      await db.updateTable("leads").set({ state: "held" }).execute();

      await deliverAll(db, { isUpToDate: createLookBack() });

      const { restored_at } = await db.selectFrom("sender").select("restored_at").executeTakeFirstOrThrow();
      expect(restored_at).toBeNull();
      expect(await countIn(db, ["confirmed"])).toBe(1);
      expect(countPosted()).toBe(1);
    });
  });

  /** One lead, which was sent since. */
  async function copyTablesOfSent(): Promise<void> {
    await fill(db, MAPPING, 1);
    await copyTables();
    await deliverAll(db);
    await copyBack();
  }

  async function fillOne(): Promise<void> {
    const { id } = await db.selectFrom("people").select("id").executeTakeFirstOrThrow();
    await createLead(builders.aLead({ phone: "+79007654321" }), id, db, clock, RULES);
  }
});
