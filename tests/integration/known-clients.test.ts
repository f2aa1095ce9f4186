import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { bindAccount } from "@/lib/account/bind-account";
import { findAccountContacts } from "@/lib/account/queries";
import { refreshCatalogue } from "@/lib/account/refresh-catalogue";
import { tryAttaching } from "@/lib/account/try-attaching";
import { getConnection } from "@/lib/connection/queries";
import type { Db } from "@/lib/db/client";
import type { Lead } from "@/lib/domain/lead/schema";
import { isTestId } from "@/lib/domain/lead/test-id";
import { mappingSchema } from "@/lib/domain/mapping/schema";
import type { Routing } from "@/lib/domain/routing/schema";
import { findPhoneToLookUp } from "@/lib/known-clients/look-up-next";
import { pruneLookUps, saveLookUp, switchAttaching } from "@/lib/known-clients/mutations";
import { getAttaching, isAttaching, listFound } from "@/lib/known-clients/queries";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { findLeadToCorrect } from "@/lib/leads/queries";
import { saveFirstMapping } from "@/lib/mapping/mutations";
import { eraseLeads } from "@/lib/privacy/mutations";
import { toDecision } from "@/lib/published-routing/queries";
import { takeSlot } from "@/lib/rate-limit/take-slot";
import { publishRouting } from "@/lib/routing/mutations";
import { countRoutingDrift } from "@/lib/routing/queries";
import type { Practice } from "@/practice/server";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty, deliverRound } from "@/tests/support/duty";
import { readLead } from "@/tests/support/leads";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";
import { ANNA, aPool, aRouting, aRule, BORIS, ILYA } from "@/tests/support/routing";
import { sleepBy } from "@/tests/support/timers";

vi.mock("node:timers/promises", async () => (await import("@/tests/support/timers")).timersByClock);

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const PHONE = "+79005550001";
const MAPPING = mappingSchema.parse({
  pipelineId: 12984871,
  fields: {
    phone: { entity: "contacts", fieldId: 467700, enumCode: "WORK" },
    email: { entity: "contacts", fieldId: 467702, enumCode: "WORK" },
  },
  timeZone: "Europe/Moscow",
});
const OWNER_FIRST = aRouting({ rules: [aRule({ ownerFirst: true })], pools: [aPool([ILYA, BORIS])] });

let practice: Practice;

afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("known clients on $name", ({ open }) => {
  let db: Db;
  let author: string;
  let clock: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    practice = await openPractice({ now });
    clock = Date.now();
    sleepBy({ now, set });
    author = await insertSeller(db);
    await saveFirstMapping(MAPPING, db);
    await refreshCatalogue({}, db, now);
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
  const rounds = async (count = 3) => {
    for (let index = 0; index < count; index++) {
      await round();
      clock += 2000;
    }
  };
  const publish = (routing: Routing, basedOn = 0) => publishRouting({ routing, basedOn }, author, db, clock);
  const save = async (fields: Partial<Lead> = {}) => {
    const lead = aLead({ phone: PHONE, through: "import", ...fields });
    await createLead(lead, author, db, clock, RULES);
    clock += 1;
    return lead;
  };
  const record = ({ id }: Lead) => {
    const all = practice.incomingLeads().filter(({ requestId }) => requestId === id);
    const [only, another] = all;
    if (!only || another) throw new Error(`Kommo has the lead ${all.length} times`);
    return only;
  };
  const contactSent = (lead: Lead) =>
    (record(lead).item as { _embedded: { contacts: object[] } })._embedded.contacts[0];
  /** A contact that Kommo lists, whose owner is Anna; answers its id. */
  const makeContact = async (fields: Partial<Lead> = {}): Promise<number> => {
    await publish(aRouting({ rules: [aRule({ to: { kind: "user", userId: ANNA } })] }), await version());
    const lead = await save(fields);
    await rounds(2);
    const found = record(lead);
    await practice.control.accept(found.leadId);
    await publish(aRouting({ rules: [] }), await version());
    clock += 60_000;
    return found.contactId ?? 0;
  };
  const version = async () => {
    const row = await db
      .selectFrom("routings")
      .select((eb) => eb.fn.max("version").as("last"))
      .executeTakeFirst();
    return row?.last ?? 0;
  };
  const switchOn = async () => {
    await tryAttaching(PHONE, author, db, now);
    await switchAttaching(true, author, db, clock);
    clock += 5000;
  };
  const readRow = ({ id }: Lead) =>
    db
      .selectFrom("leads")
      .select(["state", "route", "known", "attach_id", "attach_refused_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  const readKnown = async ({ id }: Lead) => (await readLead(id, db)).knownClient;
  const countLookUps = () =>
    practice.journal.filter(({ method, path }) => method === "GET" && path.includes("/contacts?query="))
      .length;

  test("go to the owner of their contact, and no turn is used", async () => {
    await makeContact();
    await publish(OWNER_FIRST, 2);
    const lead = await save();

    await rounds();

    expect(toDecision((await readRow(lead)).route)).toMatchObject({ why: "owner", user: { id: ANNA } });
    expect(await db.selectFrom("turns").selectAll().execute()).toEqual([]);
    expect(contactSent(lead)).toMatchObject({ name: "Иван", responsible_user_id: ANNA });
    const stranger = await save({ phone: "+79005550002" });
    await rounds();
    expect(toDecision((await readRow(stranger)).route)).toMatchObject({ why: "turn", user: { id: ILYA } });
  });

  test("are added to their contact, of which nothing else is sent", async () => {
    const contactId = await makeContact();
    await switchOn();
    const lead = await save({ email: "ivan@example.com" });

    await rounds();

    expect(contactSent(lead)).toEqual({ id: contactId });
    expect(record(lead)).toMatchObject({ contactId });
    expect(await readKnown(lead)).toMatchObject({
      ...{ standing: "there", client: { why: "only", contact: { id: contactId, userId: ANNA } } },
      url: `${practice.url}/contacts/detail/${contactId}`,
    });
    // What else was typed of the contact is told on the lead's page.
    expect((await readLead(lead.id, db)).fallbackValues).toEqual([{ place: "email", isSent: false }]);
  });

  test("are new contacts while adding is off, and nobody asks Kommo for them", async () => {
    await makeContact();
    const before = countLookUps();
    const lead = await save();

    await round();

    expect(contactSent(lead)).toMatchObject({ name: "Иван" });
    expect(countLookUps()).toBe(before);
    expect(await readKnown(lead)).toBeNull();
  });

  test("of whom Kommo has several go as new ones, unless their author has chosen", async () => {
    const [one, two] = [await makeContact(), await makeContact({ name: "Пётр" })];
    await db.deleteFrom("contact_lookups").execute();
    await makeContact({ phone: "+79005550003" });
    await tryAttaching("+79005550003", author, db, now);
    await switchAttaching(true, author, db, clock);
    const [undecided, chosen, fresh] = [
      await save(),
      await save({ contact: two }),
      await save({ contact: 0 }),
    ];

    await rounds(4);

    expect(one).not.toBe(two);
    expect(await readKnown(undecided)).toMatchObject({ client: { why: "several", contact: null, count: 2 } });
    expect(contactSent(undecided)).not.toHaveProperty("id");
    expect(contactSent(chosen)).toEqual({ id: two });
    expect(contactSent(fresh)).not.toHaveProperty("id");
    const stale = await save({ contact: 999_999 });
    await rounds();
    expect(contactSent(stale)).not.toHaveProperty("id");
  });

  test.each([
    ["deleted", (id: number) => practice.control.deleteContact({ contactId: id })],
    [
      "merged",
      async (id: number) => {
        const intoId = await makeContact({ phone: "+79005550009" });
        await practice.control.mergeContacts({ contactId: id, intoId });
      },
    ],
  ])("whose contact is %s after the look-up are sent again as new ones, once", async (_, remove) => {
    const contactId = await makeContact();
    await switchOn();
    await remove(contactId);
    const lead = await save();

    await rounds();

    expect(contactSent(lead)).toMatchObject({ name: "Иван" });
    expect(await readKnown(lead)).toMatchObject({
      standing: "refused",
      client: { contact: { id: contactId } },
    });
    expect(await readRow(lead)).toMatchObject({ state: "confirmed", attach_id: null });
    expect(await isAttaching(db)).toBe(true);
    // What Kommo said of the phone counts no more.
    const later = await save();
    await rounds();
    expect(contactSent(later)).not.toEqual({ id: contactId });
    expect((await readRow(later)).attach_refused_at).toBeNull();
  });

  test("whose contact Kommo answers with a failure each time go as new ones within the hour", async () => {
    await makeContact();
    await switchOn();
    const lead = await save();
    practice.failNext({ kind: "500-html", method: "POST" }, 2);

    for (let minutes = 0; minutes < 60 && (await readRow(lead)).state !== "confirmed"; minutes++) {
      await round();
      clock += 60_000;
    }

    expect(await readRow(lead)).toMatchObject({ state: "confirmed", attach_id: null });
    expect(contactSent(lead)).toMatchObject({ name: "Иван" });
  });

  test("in an account that stops taking ids go as new ones, and later leads at once", async () => {
    await makeContact();
    await switchOn();
    practice.control.setSwitch("contactId", "refused");
    const lead = await save();

    await rounds();

    expect(await readKnown(lead)).toMatchObject({ standing: "refused" });
    expect(contactSent(lead)).toMatchObject({ name: "Иван" });
    expect(await getAttaching(db)).toMatchObject({ onAt: null, endedWhy: "refused", trial: null });
    await expect(switchAttaching(true, author, db, clock)).rejects.toMatchObject({
      code: "attaching_untried",
    });
    expect(await countRoutingDrift(db)).toBe(1);
    const posts = practice.journal.filter(({ method }) => method === "POST").length;
    await save();
    await rounds();
    expect(practice.journal.filter(({ method }) => method === "POST").length).toBe(posts + 1);
  });

  test("in an account that passes over ids are told to be elsewhere, and adding ends", async () => {
    await makeContact();
    await switchOn();
    practice.control.setSwitch("contactId", "ignored");
    const lead = await save();

    await rounds();

    expect(await readKnown(lead)).toMatchObject({ standing: "elsewhere" });
    expect(await getAttaching(db)).toMatchObject({ onAt: null, endedWhy: "ignored" });
  });

  test("goes without both where Kommo refuses contact and recipient together, or says not what", async () => {
    const contactId = await makeContact();
    await switchOn();
    await publish(aRouting({ rules: [aRule({ to: { kind: "user", userId: ILYA } })] }), 2);
    await practice.control.deleteContact({ contactId });
    practice.control.deleteUser({ id: ILYA });
    practice.control.setSwitch("errorPaths", "none");
    const lead = await save();

    await rounds(5);

    expect(await readRow(lead)).toMatchObject({ state: "confirmed", attach_id: null });
    expect(await readLead(lead.id, db)).toMatchObject({ recipient: { isRefused: true } });
  });

  test("wait for Kommo's answer no longer than 30 s", async () => {
    await makeContact();
    await publish(OWNER_FIRST, 2);
    practice.failNext({ kind: "503", method: "GET" }, 1000);
    const lead = await save();
    const saved = clock;

    await round();
    expect((await readRow(lead)).state).toBe("held");
    clock = saved + 29_000;
    await round();
    expect((await readRow(lead)).state).toBe("held");
    clock = saved + 30_001;
    await round();

    expect(await readRow(lead)).toMatchObject({ state: "confirmed", known: null });
    expect(toDecision((await readRow(lead)).route)).toMatchObject({ why: "turn" });
  });

  test("that were typed leave on time, with what was found while they were held", async () => {
    await makeContact();
    await publish(OWNER_FIRST, 2);
    const held = aLead({ phone: PHONE });
    await createLead(held, author, db, clock, { ...RULES, holdMs: 10_000 });
    await round();
    clock += 10_000;
    await rounds(2);
    expect(toDecision((await readRow(held)).route)).toMatchObject({ why: "owner" });

    await db.deleteFrom("contact_lookups").execute();
    practice.failNext({ kind: "503", method: "GET" }, 1000);
    const unanswered = await save({ through: undefined });
    await round();
    expect(await readRow(unanswered)).toMatchObject({ state: "confirmed", known: null });
  });

  test("wait for nothing without a phone in E.164, or when their author wants a new contact", async () => {
    await publish(OWNER_FIRST);
    practice.failNext({ kind: "503", method: "GET" }, 1000);
    const leads = [
      await save({ phone: "", email: "ivan@example.com" }),
      await save({ phone: "+74951234567 доб. 12" }),
      await save({ contact: 0 }),
    ];

    await round();

    for (const lead of leads) expect((await readRow(lead)).state).toBe("confirmed");
  });

  test("with a plus and no number behind it are nobody's, and keep no other from being asked about", async () => {
    await makeContact();
    await publish(OWNER_FIRST, 2);
    const known = await save();
    const odd = await save({ phone: "+7 999 12" });

    await round();
    await round();
    await round();

    expect((await readRow(odd)).state).toBe("confirmed");
    expect(toDecision((await readRow(known)).route)).toMatchObject({ why: "owner" });
  });

  test("keep what Kommo has said of a phone when it does not answer the next time", async () => {
    const found = [{ id: 1, name: "Иван", userId: null, isExact: true }];
    await saveLookUp(PHONE, found, db, now());
    await saveLookUp(PHONE, null, db, now() + 1);
    expect(await listFound([PHONE], db, now() + 2)).toEqual(new Map([[PHONE, found]]));
    await saveLookUp(PHONE, null, db, now() + 2 * 3_600_000);
    expect(await listFound([PHONE], db, now() + 2 * 3_600_000 + 1)).toEqual(new Map());
  });

  test("of another account are nobody here", async () => {
    await saveLookUp(PHONE, [{ id: 1, name: "Иван", userId: null, isExact: true }], db, now());
    await bindAccount(1, await getConnection(db), db);
    expect(await listFound([PHONE], db, now() + 1)).toEqual(new Map());
  });

  test("are asked about once within the hour, however many leads have the phone", async () => {
    await makeContact();
    await publish(OWNER_FIRST, 2);
    await findAccountContacts(
      PHONE,
      { id: author, role: "admin" } as never,
      new AbortController().signal,
      db,
    );
    const before = countLookUps();
    await save();
    await save();

    await rounds();

    expect(countLookUps()).toBe(before);
  });

  test("are asked about only while nobody at the keyboard uses the lane, the newest first", async () => {
    await publish(OWNER_FIRST);
    await save({ phone: "+79005550004" });
    await save({ phone: "+79005550005" });
    const duty = await aDuty(db, now);

    expect(await findPhoneToLookUp(duty)).toBe("+79005550005");
    await takeSlot({ lane: "people", db, now });
    expect(await findPhoneToLookUp(duty)).toBeUndefined();
    clock += 2000;
    await saveLookUp("+79005550005", null, db, clock);
    expect(await findPhoneToLookUp(duty)).toBe("+79005550004");
  });

  test("are decided about anew when their author corrects the lead", async () => {
    const contactId = await makeContact();
    await switchOn();
    const lead = await save({ contact: contactId });
    await rounds();
    await db.updateTable("leads").set({ state: "needs_fix" }).where("id", "=", lead.id).execute();

    expect((await findLeadToCorrect(lead.id, author, db))?.contact).toBe(contactId);
    await correctLead({ ...lead, contact: 0 }, author, db, clock, RULES);
    expect(await readRow(lead)).toMatchObject({ known: null, attach_id: null });
    await rounds();
    expect(await readRow(lead)).toMatchObject({ attach_id: null, known: expect.stringContaining('"new"') });
  });

  test("are named to who types while leads are added to contacts, and not before", async () => {
    const contactId = await makeContact({ name: "Иван", surname: "Петров" });
    const ask = () =>
      findAccountContacts(PHONE, { id: author, role: "seller" } as never, new AbortController().signal, db);
    const url = `${practice.url}/contacts/detail/${contactId}`;

    expect((await ask())?.contacts).toEqual([{ contactId, url, name: null, owner: null }]);
    await switchOn();
    expect((await ask())?.contacts).toEqual([
      { contactId, url, name: "Иван Петров", owner: "Анна Смирнова" },
    ]);
  });

  test("are forgotten with an erased lead, and after an hour", async () => {
    const lead = await save();
    const contact = { id: 1, name: "Иван", userId: null, isExact: true };
    await saveLookUp(PHONE, [contact], db, clock);
    await saveLookUp("+79005550007", [contact], db, clock);
    const count = async () => (await db.selectFrom("contact_lookups").select("phone").execute()).length;

    await eraseLeads([lead.id], author, db, clock);
    expect(await count()).toBe(1);
    await pruneLookUps(db, clock + 3_600_000);
    expect(await count()).toBe(0);
  });

  describe("a trial", () => {
    const tryIt = async (phone = PHONE) => {
      await tryAttaching(phone, author, db, now);
      return getAttaching(db);
    };

    test("shows that the account takes it, and only then it can be switched on, until the account is another", async () => {
      await makeContact();
      await expect(switchAttaching(true, author, db, clock)).rejects.toMatchObject({
        code: "attaching_untried",
      });

      expect(await tryIt("8 900 555-00-01")).toMatchObject({
        onAt: null,
        trial: {
          result: "ok",
          by: "Анна",
          leadUrl: expect.stringContaining("/leads/"),
        },
      });
      // By which the proof of a day tells it from a lead of a lost database.
      expect(isTestId(practice.incomingLeads()[0]?.requestId ?? "")).toBe(true);
      // Nothing of a client is kept beside the leads.
      expect(JSON.stringify(await db.selectFrom("attaching").selectAll().execute())).not.toContain("Иван");
      await switchAttaching(true, author, db, clock);
      await switchAttaching(true, author, db, clock);
      expect(await isAttaching(db)).toBe(true);
      const audit = await db
        .selectFrom("audit")
        .select("action")
        .where("action", "like", "attaching%")
        .execute();
      expect(audit.map(({ action }) => action).sort()).toEqual(["attaching_switched_on", "attaching_tried"]);

      await db.updateTable("sender").set({ account_id: 1 }).execute();
      expect(await isAttaching(db)).toBe(false);
      await expect(switchAttaching(true, author, db, clock)).rejects.toMatchObject({
        code: "attaching_untried",
      });
    });

    test.each(["refused", "ignored"] as const)("that is %s switches it off", async (how) => {
      await makeContact();
      await switchOn();
      practice.control.setSwitch("contactId", how);

      expect(await tryIt()).toMatchObject({ onAt: null, trial: { result: how } });
    });

    test("that works again ends what was told of the end before", async () => {
      await makeContact();
      await switchOn();
      practice.control.setSwitch("contactId", "ignored");
      await save();
      await rounds();
      expect(await countRoutingDrift(db)).toBe(1);

      practice.control.setSwitch("contactId", "linked");
      await db.deleteFrom("contact_lookups").execute();
      expect((await tryIt()).endedAt).toBeNull();
      expect(await countRoutingDrift(db)).toBe(0);
    });

    test("says which contact cannot be tried, or that Kommo did not answer clearly", async () => {
      expect((await tryIt("вечером")).trial).toMatchObject({ result: "no_number" });
      expect((await tryIt("+79005550008")).trial).toMatchObject({ result: "no_contact" });
      await makeContact();
      practice.failNext({ kind: "500-html", method: "POST" });
      expect((await tryIt()).trial).toMatchObject({ result: "unclear" });
      await db.deleteFrom("contact_lookups").execute();
      await makeContact({ name: "Пётр" });
      expect((await tryIt()).trial).toMatchObject({ result: "several" });
      await db.deleteFrom("mappings").execute();
      expect((await tryIt()).trial).toMatchObject({ result: "no_mapping" });
    });
  });
});
