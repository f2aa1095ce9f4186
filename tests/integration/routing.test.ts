import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { getConnection } from "@/lib/connection/queries";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { claimBatch, startSending, unclaim } from "@/lib/delivery/claim";
import { setBrokenAside } from "@/lib/delivery/set-broken-aside";
import type { Lead } from "@/lib/domain/lead/schema";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import type { Routing } from "@/lib/domain/routing/schema";
import { correctLead, createLead, withdrawLead } from "@/lib/leads/mutations";
import { receiveLead } from "@/lib/leads/receive-lead";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { eraseLeads } from "@/lib/privacy/mutations";
import { markRefusedRecipients, UNDECIDED } from "@/lib/published-routing/mutations";
import { toDecision } from "@/lib/published-routing/queries";
import {
  clearRefusal,
  pauseOwnLeads,
  pauseRecipient,
  publishRouting,
  rollBackRouting,
  saveKommoUser,
  saveRoutingDraft,
} from "@/lib/routing/mutations";
import {
  countRoutingDrift,
  findOwnRecipient,
  getRoutingDesk,
  getUserChoice,
  tryOnLastWeek,
} from "@/lib/routing/queries";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, makeMigratedDatabase, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverRound } from "@/tests/support/duty";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { ANNA, aMember, aPool, aRouting, aRule, BORIS, ILYA, MARIA } from "@/tests/support/routing";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  fields: { phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" } },
  timeZone: "Europe/Moscow",
});
const THREE = aRouting({ pools: [aPool([ANNA, ILYA, BORIS])] });

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the distribution on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice();
    clock = Date.now();
    sleepBy({ now, set });
    author = await insertSeller(db);
    await saveFirstMapping(MAPPING, db);
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
  const publish = async (routing: Routing, basedOn = 0) => {
    await refreshCatalogue({}, db, now);
    await publishRouting({ routing, basedOn }, author, db, clock);
  };
  const save = async (fields: Partial<Lead> = {}, holdMs = 0) => {
    const lead = aLead(fields);
    await createLead(lead, author, db, clock, { ...RULES, holdMs });
    clock += 1;
    return lead;
  };
  const saveSome = async (count: number) => {
    const leads: Lead[] = [];
    for (let index = 0; index < count; index++) leads.push(await save({ name: `Лид ${index}` }));
    return leads;
  };
  const readRow = (id: string) =>
    db
      .selectFrom("leads")
      .select(["state", "routed_at", "route_user", "route_refused_at", "route"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  const readDecision = async (id: string) => toDecision((await readRow(id)).route);
  const listCounts = async () => {
    const rows = await db
      .selectFrom("leads")
      .select(["route_user", (eb) => eb.fn.countAll<number>().as("leads")])
      .groupBy("route_user")
      .execute();
    return new Map(rows.map(({ route_user, leads }) => [route_user, Number(leads)]));
  };
  const countAudit = async (action: string) =>
    (await db.selectFrom("audit").select("id").where("action", "=", action).execute()).length;
  const listCredits = async () => {
    const rows = await db.selectFrom("turns").selectAll().orderBy("user_id").execute();
    return rows.map(({ credit }) => credit);
  };
  const listToday = async () => {
    const rows = await db.selectFrom("recipient_days").selectAll().orderBy("user_id").execute();
    return rows.map(({ user_id, leads }) => [user_id, leads]);
  };
  const postedItem = (lead: Lead) => practice.incomingLeads().find(({ requestId }) => requestId === lead.id);

  test("sends nine leads three times to each of three, on lead and contact and with the rule's tags", async () => {
    await publish({ ...THREE, rules: [aRule({ tags: ["expo"] })] });
    const leads = await saveSome(9);

    await round();

    expect(await listCounts()).toEqual(
      new Map([
        [ANNA, 3],
        [ILYA, 3],
        [BORIS, 3],
      ]),
    );
    for (const lead of leads) {
      const decision = await readDecision(lead.id);
      const item = postedItem(lead)?.item;
      const recipient = { responsible_user_id: decision?.user?.id };
      expect(item).toMatchObject({
        _embedded: {
          leads: [{ ...recipient, _embedded: { tags: [{ name: "expo" }] } }],
          contacts: [recipient],
        },
      });
    }
    expect(await listToday()).toEqual([
      [ANNA, 3],
      [ILYA, 3],
      [BORIS, 3],
    ]);
  });

  test("says nothing of a recipient while there are no rules", async () => {
    const lead = await save();

    await round();

    expect(JSON.stringify(postedItem(lead)?.item)).not.toContain("responsible_user_id");
    expect(await readRow(lead.id)).toMatchObject({ state: "confirmed", route: null, route_user: null });
  });

  test("keeps the decision of a lead that is put back in line, and counts it once", async () => {
    await publish(THREE);
    const [lead] = await saveSome(1);
    const duty = await aDuty(db, now);
    const first = await claimBatch(duty);
    await unclaim(first, duty.epoch, db);
    const before = { row: await readRow(lead?.id ?? ""), credits: await listCredits() };
    await publishRouting({ routing: aRouting({ pools: [aPool([BORIS])] }), basedOn: 1 }, author, db, clock);

    const second = await claimBatch(duty);

    expect(second.map(({ recipient }) => recipient)).toEqual(first.map(({ recipient }) => recipient));
    expect(await readRow(lead?.id ?? "")).toMatchObject({ ...before.row, state: "sending" });
    expect(await listCredits()).toEqual(before.credits);
    expect(await listToday()).toEqual([[ANNA, 1]]);
  });

  test("decides for nobody after the fact: what left before there were rules keeps its way", async () => {
    const [lead] = await saveSome(1);
    const duty = await aDuty(db, now);
    await unclaim(await claimBatch(duty), duty.epoch, db);
    await publish(THREE);

    await round();

    expect(await readRow(lead?.id ?? "")).toMatchObject({ route: null, route_user: null });
  });

  test("uses no turn for a lead that is undone before it leaves", async () => {
    await publish(THREE);
    const undone = await save({}, 10_000);
    await withdrawLead(undone.id, author, db, clock);
    await save();

    await round();

    expect(await listCounts()).toEqual(
      new Map([
        [null, 1],
        [ANNA, 1],
      ]),
    );
    expect((await readRow(undone.id)).routed_at).toBeNull();
  });

  test("gives back the turn of a lead that is corrected, and decides anew", async () => {
    await publish({ ...THREE, rules: [aRule({ when: { sources: ["Expo"] } })] });
    const lead = await save({ source: "Expo" });
    await claimBatch(await aDuty(db, now));
    await db.updateTable("leads").set({ state: "needs_fix" }).where("id", "=", lead.id).execute();

    await correctLead({ ...lead, source: "Site" }, author, db, clock, RULES);

    expect(await listCredits()).toEqual([0, 0, 0]);
    expect(await listToday()).toEqual([[ANNA, 0]]);
    await round();
    expect(await readDecision(lead.id)).toMatchObject({ why: "no_rule", user: null });
  });

  test("sends a lead again at once without the user whom Kommo refuses, and passes that user over", async () => {
    await publish(aRouting({ pools: [aPool([ANNA, ILYA])] }));
    practice.control.deleteUser({ id: ILYA });
    const [first, second, third] = await saveSome(3);

    await round();
    await round();

    expect(await readRow(second?.id ?? "")).toMatchObject({
      ...{ state: "confirmed", route_user: null },
      route_refused_at: expect.any(Number),
    });
    expect((await readDecision(second?.id ?? ""))?.user?.id).toBe(ILYA);
    const later = await save();
    await round();
    expect(await readDecision(later.id)).toMatchObject({
      user: { id: ANNA },
      passedOver: [{ name: "Илья Орлов", absence: "refused" }],
    });
    expect([first, third].every((lead) => lead !== undefined)).toBe(true);

    const desk = await getRoutingDesk(author, db, clock);
    expect(desk.recipients.find(({ userId }) => userId === ILYA)?.refusedAt).not.toBeNull();
    expect(desk.withoutRecipient).toBe(1);
    // Only what is in Kommo can be assigned there.
    await db
      .updateTable("leads")
      .set({ state: "needs_admin" })
      .where("id", "=", second?.id ?? "")
      .execute();
    expect((await getRoutingDesk(author, db, clock)).withoutRecipient).toBe(0);
    await clearRefusal(ILYA, author, db, clock);
    await clearRefusal(ILYA, author, db, clock);
    expect(await countAudit("recipient_used_again")).toBe(1);
    expect(
      (await getRoutingDesk(author, db, clock)).recipients.every(({ refusedAt }) => refusedAt === null),
    ).toBe(true);
  });

  test("gives back the turn and the day of whom Kommo refuses, once", async () => {
    await publish(THREE);
    practice.control.deleteUser({ id: ANNA });
    const [lead] = await saveSome(1);
    if (!lead) throw new Error("no lead");

    await round();

    expect(await readRow(lead.id)).toMatchObject({ state: "queued", route_user: null });
    const givenBack = { credits: [0, 0, 0], today: [[ANNA, 0]] };
    expect({ credits: await listCredits(), today: await listToday() }).toEqual(givenBack);

    await db.updateTable("leads").set({ state: "needs_fix" }).where("id", "=", lead.id).execute();
    await correctLead({ ...lead, name: "Пётр" }, author, db, clock, RULES);
    expect({ credits: await listCredits(), today: await listToday() }).toEqual(givenBack);
  });

  test("sends what was decided for a user whom Kommo refuses meanwhile without one", async () => {
    await publish(aRouting({ pools: [aPool([ILYA])] }));
    const [lead] = await saveSome(1);
    const duty = await aDuty(db, now);
    await unclaim(await claimBatch(duty), duty.epoch, db);
    await db.transaction().execute((tx) => markRefusedRecipients([ILYA], clock, tx));

    const [claimed] = await claimBatch(duty);
    const [leaving] = await startSending(
      claimed ? [claimed] : [],
      { version: 1, reference: null, connection: await getConnection(db) },
      duty,
    );

    expect(claimed?.recipient.userId).toBe(ILYA);
    expect(leaving?.recipient.userId).toBeNull();
    expect(await readRow(lead?.id ?? "")).toMatchObject({ route_user: null, route_refused_at: clock });
    expect({ credits: await listCredits(), today: await listToday() }).toEqual({
      ...{ credits: [0], today: [[ILYA, 0]] },
    });
  });

  test("sends a lead that fails alone again and again without its user before a person is asked", async () => {
    await publish(aRouting({ pools: [aPool([ANNA])] }));
    const [lead] = await saveSome(1);
    await claimBatch(await aDuty(db, now));
    clock += 16 * 60_000;
    const failed = { failed_alone: 3, batch_limit: 1, problem: "unclear", due_at: clock, settles_at: 0 };
    await db
      .updateTable("leads")
      .set({ ...failed, state: "checking", sent_at: clock - 15 * 60_000 })
      .where("id", "=", lead?.id ?? "")
      .execute();

    await round();

    expect(await readRow(lead?.id ?? "")).toMatchObject({ route_user: null, route_refused_at: clock });
    expect({ credits: await listCredits(), today: await listToday() }).toEqual({
      ...{ credits: [0], today: [[ANNA, 0]] },
    });
    await round();
    expect(await readRow(lead?.id ?? "")).toMatchObject({ state: "confirmed", route_user: null });
  });

  test("decides who gets a lead that could not leave when it leaves", async () => {
    await publish(THREE);
    const [lead] = await saveSome(1);
    const duty = await aDuty(db, now);

    await setBrokenAside(await claimBatch(duty), { ...MAPPING, fields: {} }, [], duty);

    expect(await readRow(lead?.id ?? "")).toEqual({ state: "needs_admin", ...UNDECIDED });
    expect({ credits: await listCredits(), today: await listToday() }).toEqual({
      ...{ credits: [0, 0, 0], today: [[ANNA, 0]] },
    });
  });

  test("counts an erased lead that never left for nobody", async () => {
    await publish(THREE);
    const [lead] = await saveSome(1);
    const duty = await aDuty(db, now);
    await unclaim(await claimBatch(duty), duty.epoch, db);

    await eraseLeads([lead?.id ?? ""], author, db, clock);

    expect({ credits: await listCredits(), today: await listToday() }).toEqual({
      ...{ credits: [0, 0, 0], today: [[ANNA, 0]] },
    });
  });

  test("knows how a lead came and in which language its form was used", async () => {
    const to = (userId: number) => ({ kind: "user" as const, userId });
    await publish(
      aRouting({
        rules: [
          aRule({ id: "list", when: { through: ["import"] }, to: to(ILYA) }),
          aRule({ id: "site", when: { through: ["website"], languages: ["es"] }, to: to(BORIS) }),
          aRule({ id: "russian", when: { through: ["form"], languages: ["ru"] }, to: to(ANNA) }),
        ],
      }),
    );
    const typed = await save({ language: "ru" });
    const english = await save({ language: "en" });
    const listed = await save({ through: "import", language: "ru" });
    const received = aLead();
    const form = { custom: [], defaultCountry: "RU" };
    await db
      .transaction()
      .execute((tx) => receiveLead(received, { authorId: author, form, language: "es" }, tx, clock - 1));

    await round();

    const recipientOf = async ({ id }: Lead) => (await readDecision(id))?.user?.id;
    expect(await recipientOf(typed)).toBe(ANNA);
    expect(await recipientOf(english)).toBeUndefined();
    expect(await recipientOf(listed)).toBe(ILYA);
    expect(await recipientOf(received)).toBe(BORIS);
  });

  test("counts for the badge whom the rules use and who gets no leads", async () => {
    await publish(aRouting({ pools: [aPool([ANNA, ILYA, BORIS]), aPool([MARIA], { id: "unused" })] }));
    expect(await countRoutingDrift(db)).toBe(0);

    practice.control.setUserActive({ id: ANNA, on: false });
    practice.control.deleteUser({ id: ILYA });
    practice.control.deleteUser({ id: MARIA });
    await refreshCatalogue({}, db, now);
    await db.transaction().execute((tx) => markRefusedRecipients([BORIS, ANNA], clock, tx));

    expect(await countRoutingDrift(db)).toBe(3);
    await clearRefusal(BORIS, author, db, clock);
    expect(await countRoutingDrift(db)).toBe(2);
  });

  test("passes over who is inactive in Kommo", async () => {
    await publish(aRouting({ pools: [aPool([ANNA, ILYA])] }));
    practice.control.setUserActive({ id: ANNA, on: false });
    await refreshCatalogue({}, db, now);
    await saveSome(2);

    await round();

    expect(await listCounts()).toEqual(new Map([[ILYA, 2]]));
  });

  test("gives a paused person no more, until the pause ends", async () => {
    await publish(aRouting({ pools: [aPool([ANNA, ILYA])] }));
    await pauseRecipient({ userId: ANNA, isPaused: true }, author, db, clock);
    await saveSome(2);
    await round();
    expect(await listCounts()).toEqual(new Map([[ILYA, 2]]));

    await pauseRecipient({ userId: ANNA, isPaused: false }, author, db, clock);
    await saveSome(2);
    await round();
    expect(await listCounts()).toEqual(
      new Map([
        [ILYA, 3],
        [ANNA, 1],
      ]),
    );
  });

  test("knows people by e-mail or as an admin says, and lets them pause themselves", async () => {
    await refreshCatalogue({}, db, now);
    await db.updateTable("people").set({ email: "maria@intermigro.example" }).execute();
    expect((await findOwnRecipient(author, db))?.userId).toBe(MARIA);
    expect(await getUserChoice(author, db)).toMatchObject({ chosen: null, byEmail: { id: MARIA } });
    await saveKommoUser({ personId: author, userId: BORIS }, author, db, clock);
    expect((await findOwnRecipient(author, db))?.userId).toBe(BORIS);
    await saveKommoUser({ personId: author, userId: BORIS }, author, db, clock);
    expect(await countAudit("person_changed")).toBe(1);

    await pauseOwnLeads(true, author, db, clock);
    await publish(aRouting({ rules: [aRule({ to: { kind: "author" } })] }));
    const lead = await save();
    await round();

    expect(await readDecision(lead.id)).toMatchObject({
      why: "nobody_free",
      passedOver: [{ name: "Борис Волков", absence: "paused" }],
    });
  });

  test("do not end the pause that somebody else has set for them", async () => {
    await refreshCatalogue({}, db, now);
    const head = await insertSeller(db, "Ольга");
    await saveKommoUser({ personId: author, userId: BORIS }, author, db, clock);
    await pauseRecipient({ userId: BORIS, isPaused: true }, head, db, clock);

    expect(await findOwnRecipient(author, db)).toMatchObject({ isPausedByOther: true, pausedBy: "Ольга" });
    for (const isPaused of [true, false]) {
      await expect(pauseOwnLeads(isPaused, author, db, clock)).rejects.toMatchObject({ code: "forbidden" });
    }
    await pauseRecipient({ userId: BORIS, isPaused: false }, head, db, clock);
    await pauseOwnLeads(true, author, db, clock);
    await pauseOwnLeads(false, author, db, clock);
    expect(await findOwnRecipient(author, db)).toMatchObject({ isPausedByOther: false, pausedAt: null });
  });

  test("that nobody is known to be cannot be paused", async () => {
    await expect(pauseOwnLeads(true, author, db, clock)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each(["{", '{"rules":"all"}'])(
    "never holds up a lead: rules that read %s give it to nobody",
    async (body) => {
      await db
        .insertInto("routings")
        .values({ version: 1, body, published_at: clock, published_by: null })
        .execute();
      const lead = await save();

      await round();

      expect(await readRow(lead.id)).toMatchObject({ state: "confirmed", route_user: null });
      expect((await readDecision(lead.id))?.why).toBe("fault");
    },
  );

  test("works with ids where Kommo does not list its users", async () => {
    practice.control.setSwitch("tokenIsAdmin", false);
    await publish(aRouting({ pools: [aPool([BORIS])], people: [aMember(BORIS, { name: "Боря" })] }));
    const lead = await save();

    await round();

    expect(await readDecision(lead.id)).toMatchObject({ user: { id: BORIS, name: "Боря" } });
    expect((await getRoutingDesk(author, db, clock)).users).toBeNull();
  });

  test("publishes what is sound, one version after the other, and rolls back to one", async () => {
    await publish(THREE);
    const other = aRouting({ pools: [aPool([ANNA])] });
    await publishRouting({ routing: other, basedOn: 1 }, author, db, clock);
    await rollBackRouting({ version: 1, basedOn: 2 }, author, db, clock);

    const desk = await getRoutingDesk(author, db, clock);

    expect(desk).toMatchObject({ version: 3, routing: THREE, draft: null, zone: "Europe/Moscow" });
    expect(desk.versions.map(({ differences }) => differences.map(({ code }) => code))).toEqual([
      ["pool_changed"],
      ["pool_changed"],
      ["rule_added", "pool_added"],
    ]);
  });

  test("keeps the draft of whom another has overtaken, and of whom the checks refuse", async () => {
    await publish(THREE);
    const mine = aRouting({ pools: [aPool([MARIA])] });

    await expect(publishRouting({ routing: mine, basedOn: 0 }, author, db, clock)).rejects.toMatchObject({
      code: "routing_conflict",
    });
    expect((await getRoutingDesk(author, db, clock)).draft).toEqual({ routing: mine, basedOn: 0 });

    const unsound = aRouting({ pools: [aPool([1])] });
    await expect(publishRouting({ routing: unsound, basedOn: 1 }, author, db, clock)).rejects.toMatchObject({
      code: "routing_unsound",
      fields: { pool: "user_gone" },
    });
    expect((await getRoutingDesk(author, db, clock)).version).toBe(1);
    await saveRoutingDraft({ routing: mine, basedOn: 1 }, author, db, clock);
    expect((await getRoutingDesk(author, db, clock)).draft?.routing).toEqual(mine);
  });

  test("takes one of two that are published at once, and tells the other admin so", async () => {
    await publish(THREE);
    const drafts = [ANNA, MARIA].map((id) => aRouting({ pools: [aPool([id])] }));

    const answers = await Promise.allSettled(
      drafts.map((routing) => publishRouting({ routing, basedOn: 1 }, author, db, clock)),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "routing_conflict" },
    });
    expect((await getRoutingDesk(author, db, clock)).version).toBe(2);
  });

  test("leaves the draft alone when a roll-back cannot be published", async () => {
    await publish(THREE);
    const unsound = JSON.stringify(aRouting({ pools: [aPool([1])] }));
    const version = { published_at: clock, published_by: null };
    await db
      .insertInto("routings")
      .values({ version: 2, body: unsound, ...version })
      .execute();
    await db
      .insertInto("routings")
      .values({ version: 3, body: JSON.stringify(THREE), ...version })
      .execute();
    const rollBack = (to: number, basedOn: number) =>
      rollBackRouting({ version: to, basedOn }, author, db, clock);
    const readDraft = async () => (await getRoutingDesk(author, db, clock)).draft?.routing;

    await expect(rollBack(2, 3)).rejects.toMatchObject({ code: "routing_unsound" });
    expect(JSON.stringify(await readDraft())).toBe(unsound);

    const mine = aRouting({ pools: [aPool([MARIA])] });
    await saveRoutingDraft({ routing: mine, basedOn: 3 }, author, db, clock);
    await expect(rollBack(2, 3)).rejects.toMatchObject({ code: "routing_unsound" });
    await expect(rollBack(1, 1)).rejects.toMatchObject({ code: "routing_conflict" });
    expect(await readDraft()).toEqual(mine);
  });

  test("goes by the account's time zone, by the mapping's until that is known, and by UTC where nobody knows it", async () => {
    await saveFirstMapping(MAPPING, db);
    expect((await getRoutingDesk(author, db, clock)).zone).toBe("Europe/Moscow");

    await refreshCatalogue({}, db, now);
    const { body } = await db.selectFrom("catalogues").select("body").executeTakeFirstOrThrow();
    const moved = body?.replace(/"timeZone":"[^"]+"/, '"timeZone":"Asia/Almaty"');
    await db.updateTable("catalogues").set({ body: moved }).execute();

    expect((await getRoutingDesk(author, db, clock)).zone).toBe("Asia/Almaty");

    const unknown = body?.replace(/"timeZone":"[^"]+"/, '"timeZone":"Mars/Olympus"');
    await db.updateTable("catalogues").set({ body: unknown }).execute();
    expect((await getRoutingDesk(author, db, clock)).zone).toBe("UTC");
  });

  test("tries a draft on the leads of last week without changing anything", async () => {
    await publish(aRouting({ rules: [aRule({ to: { kind: "user", userId: MARIA } })] }));
    await saveSome(6);
    await round();
    const draft = aRouting({
      rules: [aRule({ id: "expo", name: "Expo", when: { sources: ["Expo"] } }), aRule({ name: "Rest" })],
      pools: [aPool([ANNA, ILYA])],
    });

    expect(await tryOnLastWeek(draft, db, clock)).toEqual({
      leads: 6,
      people: [
        { userId: ANNA, name: "Анна Смирнова", leads: 3, was: 0 },
        { userId: ILYA, name: "Илья Орлов", leads: 3, was: 0 },
        { userId: MARIA, name: "Мария Кузнецова", leads: 0, was: 6 },
      ].sort((a, b) => b.leads - a.leads),
      rules: [{ id: "rule", name: "Rest", leads: 6 }],
    });
    expect(await listCounts()).toEqual(new Map([[MARIA, 6]]));
    expect(await listCredits()).toEqual([]);
  });
});

const server = process.env.TEST_POSTGRES_URL;

describe.each(server ? [server] : [])("the distribution by two processes on PostgreSQL", (url) => {
  test("is right to one lead, whatever is cut off in the middle", async () => {
    const own = await makeMigratedDatabase(url);
    const [one, two, hand] = [openDb(own), openDb(own), openDb(own)];
    await migrate(hand);
    const author = await insertSeller(hand);
    await saveFirstMapping(MAPPING, hand);
    const members = [50, 30, 20].map((share, index) => ({ userId: index + 1, share }));
    const routing = aRouting({ pools: [aPool(members, { way: "shares" })] });
    await publishRouting({ routing, basedOn: 0 }, author, hand);
    const LEADS = 120;
    for (let index = 0; index < LEADS; index++)
      await createLead(aLead(), author, hand, Date.now() - 1000, RULES);
    await hand.updateTable("sender").set({ batch_limit: 3 }).execute();

    let cuts = 0;
    const work = async (holder: string, db: Db) => {
      for (let round = 0; ; round++) {
        const claimed = await claimOnce(holder, db).catch(() => undefined);
        if (claimed === 0) return;
        if (claimed === undefined) cuts += 1;
        if (round % 4 === 3) await cutOthers(hand);
      }
    };
    await Promise.all([work("one", one), work("two", two)]);

    const rows = await hand.selectFrom("leads").select(["route_user", "route"]).execute();
    const got = members.map(({ userId }) => rows.filter(({ route_user }) => route_user === userId).length);
    const days = await hand.selectFrom("recipient_days").select("leads").orderBy("user_id").execute();
    const turns = await hand.selectFrom("turns").select("credit").execute();
    await Promise.all([one, two, hand].map((db) => db.destroy()));

    expect(
      got.map((leads, index) => Math.abs(leads - (LEADS * (members[index]?.share ?? 0)) / 100) < 1),
    ).toEqual([...[true, true, true]]);
    expect(days.map(({ leads }) => leads)).toEqual(got);
    expect(turns.reduce((sum, { credit }) => sum + credit, 0)).toBe(0);
    expect(cuts).toBeGreaterThan(0);
  });

  /** Takes the lease from whoever has it, so that both claim in turns. Undefined when its claim was cut off. */
  async function claimOnce(holder: string, db: Db): Promise<number> {
    await db
      .updateTable("sender")
      .set((eb) => ({ epoch: eb("epoch", "+", 1), holder }))
      .execute();
    const claimed = await claimBatch(await aDuty(db, Date.now));
    if (claimed.length > 0) return claimed.length;
    const left = await db.selectFrom("leads").select("id").where("state", "in", ["held", "queued"]).execute();
    return left.length;
  }

  async function cutOthers(db: Db): Promise<void> {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`.execute(db);
  }
});
