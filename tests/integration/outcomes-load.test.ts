import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { createLead } from "@/lib/leads/mutations";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { openPractice } from "@/tests/support/open-practice";
import { lookAgain, prepareLooks } from "@/tests/support/outcomes";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const OPEN = 10_000;
const PER_POST = 250;
const MINUTES = 30;
const CHANGES_A_MINUTE = 40;

let practice: Practice;

describe.each(migratedDatabases)("with 10,000 open leads on $name", ({ open }) => {
  let db: Db;
  let clock: number;
  let kommoIds: number[];

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Math.floor(Date.now() / 1000) * 1000;
    practice = await openPractice({ now: () => clock });
    kommoIds = await postMany();
    await insertConfirmed();
    await prepareLooks(db, now);
  });
  afterEach(async () => {
    await practice.close();
    await emptyTables(db);
    vi.unstubAllEnvs();
  });
  afterAll(() => db.destroy());

  const now = () => clock;

  /** As many leads in Kommo as are open. */
  async function postMany(): Promise<number[]> {
    const ids: number[] = [];
    for (let posted = 0; posted < OPEN; posted += PER_POST) {
      const answer = await (
        await postItems(
          practice,
          Array.from({ length: PER_POST }, () => anItem()),
        )
      ).json();
      for (const { _embedded } of answer._embedded.unsorted) ids.push(_embedded.leads[0].id);
    }
    return ids;
  }

  /** Half of them came today, the others over the last weeks. */
  async function insertConfirmed(): Promise<void> {
    const author = await insertSeller(db);
    const lead = aLead();
    await createLead(lead, author, db, clock, { holdMs: 0, defaultCountry: "RU" });
    const row = await db.selectFrom("leads").selectAll().where("id", "=", lead.id).executeTakeFirstOrThrow();
    for (let done = 0; done < OPEN; done += PER_POST) {
      const rows = kommoIds.slice(done, done + PER_POST).map((kommo_lead_id, index) => {
        const age = done + index < OPEN / 2 ? 0 : 20 * DAY_MS;
        const id = crypto.randomUUID();
        return { ...row, id, kommo_lead_id, state: "confirmed", confirmed_at: clock - age, look_at: clock };
      });
      await db.insertInto("leads").values(rows).execute();
    }
    await db.deleteFrom("leads").where("id", "=", lead.id).execute();
  }

  test("two requests a minute are enough for all that changes", async () => {
    practice.journal.length = 0;
    const perMinute = [];
    for (let minute = 0; minute < MINUTES; minute++) {
      for (const id of kommoIds.splice(0, CHANGES_A_MINUTE)) await practice.control.accept(id);
      clock += MINUTE_MS;
      practice.journal.length = 0;
      await lookAgain(db, now);
      perMinute.push(practice.journal.length);
    }

    expect(Math.max(...perMinute)).toBeLessThanOrEqual(2);
    const [accepted] = await db
      .selectFrom("leads")
      .select((eb) => eb.fn.countAll<number>().as("leads"))
      .where("outcome", "=", "accepted")
      .execute();
    expect(Number(accepted?.leads)).toBe(MINUTES * CHANGES_A_MINUTE);
  }, 60_000);
});
