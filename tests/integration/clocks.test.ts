import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { setTime, tellTime } from "@/lib/clock";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import { correctLead, createLead, pauseHold, resumeHold, sendNow } from "@/lib/leads/mutations";
import { findPause, slowDown, toLaneTimes } from "@/lib/rate-limit/lanes";
import { takeLease } from "@/lib/worker/lease";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const MINUTE_MS = 60_000;
const HOLD_MS = 10_000;
const RULES = { holdMs: HOLD_MS, defaultCountry: "RU" as const };

describe.each(migratedDatabases.filter(({ isSqlite }) => !isSqlite))(
  "two machines on $name",
  ({ name, open }) => {
    let db: Db;
    let author: string;

    beforeAll(async () => {
      stubSettings("http://127.0.0.1:9");
      db = await open();
    });
    afterEach(async () => {
      leaveMachine();
      await emptyTables(db);
    });
    afterAll(() => db.destroy());

    /** From now on this process is on a machine whose clock is so much ahead, and has tried for the lease once. */
    const enterMachine = async (aheadMs: number) => {
      const own = Date.now;
      // PGlite takes its time from this process.
      if (name === "PostgreSQL") vi.spyOn(Date, "now").mockImplementation(() => own() + aheadMs);
      setTime(own() + aheadMs, performance.now());
      author = await insertSeller(db);
      await takeLease({ holder: "another" }, db);
    };
    const leaveMachine = () => {
      vi.restoreAllMocks();
      setTime(Date.now(), performance.now());
    };
    const findPeoplePause = () => findPause(db, undefined, "people", toLaneTimes("people", 6));
    const readDatabaseTime = async () => {
      const { rows } = await sql<{ now: number }>`select extract(epoch from now()) * 1000 as now`.execute(db);
      return Number(rows[0]?.now);
    };
    const readHoldMs = async (id: string) => {
      const now = await readDatabaseTime();
      const lead = await db
        .selectFrom("leads")
        .select("due_at")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      return lead.due_at - now;
    };

    describe.each([-10, 10])("one of them %i minutes ahead", (minutes) => {
      test.each([
        { name: "saved", act: () => undefined, holdMs: HOLD_MS },
        {
          name: "corrected",
          act: (id: string) => correctLead(aLead({ id, name: "Пётр" }), author, db, undefined, RULES),
          holdMs: HOLD_MS,
        },
        {
          name: "given up to a correction",
          act: (id: string) => pauseHold(id, author, db),
          holdMs: 10 * MINUTE_MS,
        },
        {
          name: "taken back from one",
          act: (id: string) => resumeHold(id, author, db, undefined, RULES),
          holdMs: HOLD_MS,
        },
        { name: "sent at once", act: (id: string) => sendNow(id, author, db), holdMs: 0 },
      ])("a lead $name there is held as long as anywhere", async ({ act, holdMs }) => {
        await enterMachine(minutes * MINUTE_MS);
        const lead = aLead();

        await createLead(lead, author, db, undefined, RULES);
        await act(lead.id);

        expect(Math.abs((await readHoldMs(lead.id)) - holdMs)).toBeLessThan(2000);
      });

      test("what is saved on the other leaves from it when its hold is over, and not before", async () => {
        author = await insertSeller(db);
        const lead = aLead();
        await createLead(lead, author, db, undefined, RULES);
        await enterMachine(minutes * MINUTE_MS);
        const claimAfter = async (ms: number) => claimBatch(await aDuty(db, () => tellTime() + ms));

        expect(await claimAfter(HOLD_MS - 5000)).toEqual([]);
        expect(await claimAfter(HOLD_MS)).toMatchObject([{ id: lead.id }]);
      });

      test("a silence that it was asked for counts for both", async () => {
        await enterMachine(minutes * MINUTE_MS);
        await slowDown(60, db);
        const there = await findPeoplePause();
        leaveMachine();

        expect(Math.abs(there - MINUTE_MS)).toBeLessThan(2000);
        expect(Math.abs((await findPeoplePause()) - MINUTE_MS)).toBeLessThan(2000);
      });
    });
  },
);
