import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import type { Lead } from "@/lib/domain/lead/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import { createLead } from "@/lib/leads/mutations";
import { findLead, listTray } from "@/lib/leads/queries";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { lookAtOutcomes } from "@/lib/outcomes/look";
import { findQueueStop } from "@/lib/queue/halt";
import { findPause } from "@/lib/rate-limit/lanes";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { lookAgain, prepareLooks, UNPACED } from "@/tests/support/outcomes";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PIPELINE = 12984871;
const TALKS = 103140003;
const WON = 142;
const LOST = 143;
const TOO_DEAR = 601001;
const ILYA = 12310002;

let practice: Practice;

describe.each(migratedDatabases)("what became of leads on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    clock = Math.floor(Date.now() / 1000) * 1000;
    practice = await openPractice({ now: () => clock });
    author = await insertSeller(db);
    const fields = { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } };
    const reference = { entity: "leads", fieldId: 1711084 };
    await saveFirstMapping(mappingSchema.parse({ pipelineId: PIPELINE, fields, reference }), db);
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
  const deliver = async (lead: Lead = aLead()) => {
    await createLead(lead, author, db, clock, RULES);
    await deliverRound(db, now);
    const leadId = practice.incomingLeads().find(({ requestId }) => requestId === lead.id)?.leadId ?? 0;
    return { id: lead.id, leadId };
  };
  /** A lead whose first look has shown that it is incoming. */
  const deliverAndLook = async () => {
    const lead = await deliver();
    await prepareLooks(db, now);
    await lookAgain(db, now);
    practice.journal.length = 0;
    return lead;
  };
  const look = () => lookAgain(db, now);
  const read = async ({ id }: { id: string }) =>
    (await db.selectFrom("leads").selectAll().where("id", "=", id).executeTakeFirst()) ?? { id: null };
  const requests = () => practice.journal.map(({ path }) => path.split("?")[0]?.replace("/api/v4", ""));

  test("a lead is incoming, then accepted by somebody, moved, lost with its reason, and won after all", async () => {
    const lead = await deliverAndLook();
    expect(await read(lead)).toMatchObject({ outcome: "incoming", accepted_at: null });

    pass(12 * MINUTE_MS);
    const acceptedAt = clock;
    await practice.control.accept(lead.leadId, ILYA);
    await look();
    expect(await read(lead)).toMatchObject({
      outcome: "accepted",
      accepted_at: acceptedAt,
      accepted_by: ILYA,
      stage_id: 103140002,
      pipeline_id: PIPELINE,
    });

    pass(MINUTE_MS);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: TALKS });
    await look();
    expect(await read(lead)).toMatchObject({ outcome: "accepted", stage_id: TALKS, accepted_at: acceptedAt });

    pass(MINUTE_MS);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: LOST, lossReasonId: TOO_DEAR });
    await look();
    const lost = { outcome: "lost", loss_reason: "Слишком дорого", closed_at: clock };
    expect(await read(lead)).toMatchObject(lost);

    pass(MINUTE_MS);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: WON });
    await look();
    const won = { outcome: "won", loss_reason: null, closed_at: clock, accepted_by: ILYA };
    expect(await read(lead)).toMatchObject(won);
    expect((await read(lead)) as object).toMatchObject({ state: "confirmed" });
  });

  test("the tray tells who accepted a lead, how long that took, and in which stage it is, as Kommo calls them", async () => {
    const lead = await deliverAndLook();
    pass(12 * MINUTE_MS);
    await practice.control.accept(lead.leadId, ILYA);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: TALKS });
    await look();
    const there = {
      stage: { name: "Переговоры", color: "#ffff99" },
      acceptedAt: clock,
      acceptedBy: "Илья Орлов",
      acceptedAfterMs: 12 * MINUTE_MS,
    };
    expect((await listTray(author, db)).leads).toMatchObject([{ outcome: "accepted", there }]);

    practice.control.deleteUser({ id: ILYA });
    practice.control.renamePipeline({ id: PIPELINE, name: "Другая" });
    pass(MINUTE_MS);
    await prepareLooks(db, now);

    expect((await findLead(lead.id, {}, db))?.there).toMatchObject({ ...there, acceptedBy: null });
  });

  test("declined, deleted after it was accepted, restored, and merged are told apart", async () => {
    const [declined, deleted, merged] = [await deliver(), await deliver(), await deliver()];
    const posted = await (await postItems(practice, [anItem()])).json();
    const survivor = posted._embedded.unsorted[0]._embedded.leads[0].id;
    await prepareLooks(db, now);
    await look();
    pass(MINUTE_MS);
    await practice.control.decline(declined.leadId);
    await practice.control.accept(deleted.leadId);
    pass(MINUTE_MS);
    await practice.control.trashLead({ leadId: deleted.leadId });
    await practice.control.mergeLeads({ leadId: merged.leadId, intoId: survivor });

    // The merged one is noticed when it is read by its id, and then looked for in the trash.
    await look();
    pass(DAY_MS);
    for (let time = 0; time < 4; time++) await look();

    const outcomes = await Promise.all([declined, deleted, merged].map(read));
    expect(outcomes.map((row) => "outcome" in row && row.outcome)).toEqual(["declined", "deleted", "merged"]);
    // It has the merged one's reference, as it had none of its own.
    expect(await read(merged)).toMatchObject({ merged_into: survivor });
    pass(MINUTE_MS);
    await practice.control.restoreLead({ leadId: deleted.leadId });
    await look();
    expect(await read(deleted)).toMatchObject({ outcome: "accepted", closed_at: null });
  });

  test.each([
    ["come twice", "eventsRepeated", true],
    ["come in no order", "eventOrder", "shuffled"],
    ["come oldest first", "eventOrder", "oldest"],
    ["come with odd records", "oddRecords", true],
    ["come with ids as texts", "textIds", true],
    ["come although no filter of them works", "eventFilters", false],
  ] as const)("events that %s show the same", async (_, name, value) => {
    const lead = await deliverAndLook();
    practice.control.setSwitch(name, value);
    pass(MINUTE_MS);
    const acceptedAt = clock;
    await practice.control.accept(lead.leadId, ILYA);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: TALKS });
    pass(1000);
    await practice.control.moveLead({ leadId: lead.leadId, statusId: WON });
    await look();
    await look();

    const told = { outcome: "won", accepted_at: acceptedAt, accepted_by: ILYA, closed_at: clock };
    expect(await read(lead)).toMatchObject(told);
  });

  test("an event that is listed late is read, and one that was lost is made up for by reading the lead", async () => {
    const [late, lost] = [await deliver(), await deliver()];
    await prepareLooks(db, now);
    await look();
    pass(MINUTE_MS);
    practice.control.setSwitch("eventLagMs", 65_000);
    await practice.control.accept(late.leadId, ILYA);
    practice.control.setSwitch("eventLagMs", 0);
    practice.control.setSwitch("eventsLost", true);
    await practice.control.accept(lost.leadId, ILYA);
    await look();
    expect(await read(late)).toMatchObject({ outcome: "incoming" });

    pass(66_000);
    await look();
    expect(await read(late)).toMatchObject({ outcome: "accepted", accepted_by: ILYA });
    expect(await read(lost)).toMatchObject({ outcome: "incoming" });

    pass(10 * MINUTE_MS);
    await look();
    expect(await read(lost)).toMatchObject({ outcome: "accepted", accepted_by: null });
  });

  test("an event that comes late tells when a lead was accepted, which reading it by its id does not", async () => {
    const lead = await deliver();
    await prepareLooks(db, now);
    pass(MINUTE_MS);
    const acceptedAt = clock;
    practice.control.setSwitch("eventLagMs", 65_000);
    await practice.control.accept(lead.leadId, ILYA);
    practice.control.setSwitch("eventLagMs", 0);
    pass(MINUTE_MS);
    await practice.control.renameLead({ leadId: lead.leadId, name: "Звонил" });
    await look();
    expect(await read(lead)).toMatchObject({ outcome: "accepted", accepted_at: null, accepted_by: null });

    pass(MINUTE_MS);
    await look();

    expect(await read(lead)).toMatchObject({ accepted_at: acceptedAt, accepted_by: ILYA });
  });

  test("an account whose events tell nothing of accepting and declining is read by ids", async () => {
    practice.control.setSwitch("acceptTold", false);
    practice.control.setSwitch("declineTold", false);
    const [accepted, declined] = [await deliver(), await deliver()];
    await prepareLooks(db, now);
    await look();
    await practice.control.accept(accepted.leadId);
    await practice.control.decline(declined.leadId);

    pass(10 * MINUTE_MS);
    await look();
    await look();

    expect(await read(accepted)).toMatchObject({ outcome: "accepted" });
    expect(await read(declined)).toMatchObject({ outcome: "declined" });
  });

  test("a token that may not read events reads leads by their ids, and goes on delivering", async () => {
    const lead = await deliverAndLook();
    practice.failNext({ kind: "403-scope", method: "GET", path: "/events" }, 100);
    await practice.control.accept(lead.leadId);

    pass(10 * MINUTE_MS);
    await look();
    pass(MINUTE_MS);
    await look();

    expect(await read(lead)).toMatchObject({ outcome: "accepted" });
    expect(requests().filter((path) => path === "/events")).toHaveLength(1);
    expect(await findQueueStop(db)).toBeUndefined();
  });

  test("without the add-on leads are read one by one, and nothing is concluded from other people's leads", async () => {
    practice.control.setSwitch("filters", false);
    practice.control.setSwitch("eventsLost", true);
    const [accepted, declined, left] = [await deliver(), await deliver(), await deliver()];
    const gone = await deliver();
    await prepareLooks(db, now);
    await db.updateTable("outcome_reading").set({ filters_at: 0 }).execute();
    await practice.control.accept(accepted.leadId);
    await practice.control.decline(declined.leadId);
    await practice.control.mergeLeads({ leadId: gone.leadId, intoId: accepted.leadId });
    for (let time = 0; time < 8; time++) {
      await look();
      pass(MINUTE_MS);
    }

    expect(await read(accepted)).toMatchObject({ outcome: "accepted" });
    expect(await read(declined)).toMatchObject({ outcome: "declined" });
    expect(await read(left)).toMatchObject({ outcome: "incoming" });
    // It is not there, and the trash that was shown is not all of it.
    expect(await read(gone)).toMatchObject({ outcome: null });
    expect(requests().filter((path) => path === "/leads").length).toBeLessThan(3);
  });

  test("an account that ignores filters without saying so is noticed by what it answers", async () => {
    await postItems(practice, [anItem(), anItem()]);
    const lead = await deliverAndLook();
    practice.control.setSwitch("filters", false);
    await db.updateTable("leads").set({ look_at: 0 }).execute();

    await look();
    await db.updateTable("leads").set({ look_at: 0 }).execute();
    await look();

    expect((await db.selectFrom("outcome_reading").select("filters").executeTakeFirstOrThrow()).filters).toBe(
      "off",
    );
    expect(await read(lead)).toMatchObject({ outcome: "incoming" });
    expect(requests().at(-1)).toBe(`/leads/${lead.leadId}`);
  });

  test("events about leads that are not ours cost nothing", async () => {
    await deliverAndLook();
    const answer = await (await postItems(practice, [anItem()])).json();
    practice.journal.length = 0;
    pass(MINUTE_MS);
    await practice.control.accept(answer._embedded.unsorted[0]._embedded.leads[0].id);

    await look();

    expect(requests()).toEqual(["/events"]);
  });

  test("more events than a page are read over several looks, none is missed", async () => {
    const lead = await deliverAndLook();
    const others = [];
    for (let round = 0; round < 4; round++) {
      const answer = await (
        await postItems(
          practice,
          Array.from({ length: 200 }, () => anItem()),
        )
      ).json();
      for (const item of answer._embedded.unsorted) others.push(item._embedded.leads[0].id);
    }
    pass(MINUTE_MS);
    await practice.control.accept(lead.leadId, ILYA);
    for (const id of others) await practice.control.accept(id);
    practice.journal.length = 0;

    await look();
    expect(await read(lead)).toMatchObject({ outcome: "incoming" });
    await look();

    expect(await read(lead)).toMatchObject({ outcome: "accepted", accepted_by: ILYA });
    expect(requests().filter((path) => path === "/events")).toHaveLength(9);
    pass(5 * MINUTE_MS);
    for (let time = 0; time < 2; time++) await look();
    practice.journal.length = 0;
    await look();
    expect(requests()).toHaveLength(1);
  });

  test("after a gap too long to catch up with, every open lead is read by its id", async () => {
    const lead = await deliverAndLook();
    practice.control.setSwitch("eventsLost", true);
    await practice.control.accept(lead.leadId);
    practice.control.setSwitch("eventsLost", false);
    const other = (await (await postItems(practice, [anItem()])).json())._embedded.unsorted[0]._embedded
      .leads[0].id;
    await practice.control.accept(other);
    await db.updateTable("outcome_reading").set({ page: 197 }).execute();
    practice.failNext({ kind: "answer", status: 200, body: fullPage(clock), path: "/events" }, 5);

    await look();

    expect(await read(lead)).toMatchObject({ outcome: "accepted" });
  });

  test("what was read of another account is forgotten", async () => {
    await deliverAndLook();
    await db
      .updateTable("outcome_reading")
      .set({ account_id: 1, since: 4_000_000_000, page: 7, missing: "[5]" })
      .execute();

    await look();

    const [first] = practice.journal;
    expect(first?.path).toMatch(/page=1$/);
    expect(first?.path).not.toContain("[from]=3999");
    const row = await db.selectFrom("outcome_reading").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ account_id: 34567890, page: 1, missing: "[]" });
    expect(row.since).toBeLessThanOrEqual(clock / 1000);
  });

  test.each([
    ["ahead", 3 * DAY_MS],
    ["behind", -3 * DAY_MS],
  ])("our clock may be %s of Kommo's by days", async (_, wrong) => {
    const lead = await deliver();
    await prepareLooks(db, () => clock + wrong);
    const shifted = () => clock + wrong;
    await lookAgain(db, shifted);
    pass(MINUTE_MS);
    await practice.control.accept(lead.leadId, ILYA);
    await lookAgain(db, shifted);

    expect(await read(lead)).toMatchObject({ outcome: "accepted", accepted_at: clock, accepted_by: ILYA });
    const { since } = await db.selectFrom("outcome_reading").select("since").executeTakeFirstOrThrow();
    expect(since).toBe(clock / 1000);
  });

  test("there is one look a minute, and one soon after a hook, whatever storm of them comes", async () => {
    await deliverAndLook();
    const looked = [];
    for (let second = 0; second < 60; second++) {
      pass(1000);
      if (await lookAtOutcomes(db, now, { network: UNPACED })) looked.push(second);
    }
    expect(looked).toHaveLength(1);
  });

  test("two processes share one look", async () => {
    await deliverAndLook();
    pass(MINUTE_MS);

    const looked = await Promise.all([
      lookAtOutcomes(db, now, { network: UNPACED }),
      lookAtOutcomes(db, now, { network: UNPACED }),
    ]);

    expect(looked.filter(Boolean)).toHaveLength(1);
    expect(requests()).toEqual(["/events"]);
  });

  test("a desk without leads in Kommo asks nothing", async () => {
    await look();

    expect(requests()).toEqual([]);
  });

  test("a 429 slows all that talk to Kommo, and a 401 halts the queue when the account is refused too", async () => {
    await deliverAndLook();
    practice.failNext({ kind: "429-json", retryAfter: 120, method: "GET" });
    await look();
    expect(await findPause(db, clock)).toBeGreaterThan(119_000);

    await db.updateTable("rate_lanes").set({ closed_until: 0, gap_ms: 0, last_start: 0 }).execute();
    practice.failNext({ kind: "401", method: "GET" }, 2);
    await look();
    expect(await findQueueStop(db)).toMatchObject({ kind: "halted" });
  });
});

/** A whole page of events about a lead that nobody knows, with another behind it. */
function fullPage(at: number) {
  const event = (index: number) => ({
    ...{ id: `e${index}`, type: "lead_deleted", entity_id: 5, entity_type: "lead", created_by: 0 },
    ...{ created_at: Math.floor(at / 1000), value_after: [], value_before: [] },
  });
  return {
    _links: { next: { href: "https://next" } },
    _embedded: { events: Array.from({ length: 100 }, (_, index) => event(index)) },
  };
}
