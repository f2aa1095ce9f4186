import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import type { Lead } from "@/lib/domain/lead/schema";
import { findDuplicates } from "@/lib/duplicates/queries";
import { typedSchema } from "@/lib/duplicates/schema";
import { createLead } from "@/lib/leads/mutations";
import type { Person } from "@/lib/people/schema";
import { eraseLeads } from "@/lib/privacy/mutations";
import { readAudit } from "@/tests/support/audit";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("who is known, on $name", ({ open }) => {
  let db: Db;
  let anna: Person;
  let boris: Person;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const seller = { email: "", role: "seller" as const };
    anna = { ...seller, id: await insertSeller(db, "Анна"), name: "Анна" };
    boris = { ...seller, id: await insertSeller(db, "Борис"), name: "Борис" };
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const save = async (fields: Partial<Lead>, author = anna, at = NOW) => {
    const lead = aLead({ phone: "", ...fields });
    await createLead(lead, author.id, db, at, RULES);
    return lead;
  };
  const ask = async (typed: Record<string, string>, who = anna, at = NOW + 1000) =>
    (await findDuplicates(typedSchema.parse(typed), who, db, at, "RU")).matches;

  test("the same phone in another spelling is exact, with who, when and in which state", async () => {
    const lead = await save({ phone: "+7 900 123-45-67" });

    expect(await ask({ phone: "8 (900) 1234567" })).toEqual([
      {
        strength: "exact",
        by: "phone",
        title: "Иван",
        author: "Анна",
        byForm: false,
        createdAt: NOW,
        state: "held",
        outcome: null,
        leadId: lead.id,
      },
    ]);
  });

  test("Telegram and e-mail are exact whatever their spelling", async () => {
    await save({ telegram: "@Ivan_77", email: "Ivan@Example.com" });

    expect(await ask({ telegram: "https://t.me/ivan_77" })).toMatchObject([
      { strength: "exact", by: "telegram" },
    ]);
    expect(await ask({ email: "ivan@example.COM " })).toMatchObject([{ strength: "exact", by: "email" }]);
  });

  test("one digit off and two swapped are weak and say why", async () => {
    await save({ phone: "+79001234567" });

    expect(await ask({ phone: "+79001234568" })).toMatchObject([{ strength: "weak", why: "one_digit" }]);
    expect(await ask({ phone: "+79001234576" })).toMatchObject([{ strength: "weak", why: "swapped" }]);
    expect(await ask({ phone: "+79001234500" })).toEqual([]);
  });

  test("the same whole name is weak for a day, in either order and spelling", async () => {
    await save({ name: "Пётр", surname: "Ёлкин", phone: "+79001234567" });

    const match = { strength: "weak", by: "name", why: "same_name_today" };
    expect(await ask({ name: "елкин", surname: "ПЕТР" })).toMatchObject([match]);
    expect(await ask({ name: "Пётр", surname: "Ёлкин" }, anna, NOW + DAY_MS + 1)).toEqual([]);
    expect(await ask({ name: "Пётр" })).toEqual([]);
    expect(await ask({ name: "Пётр", surname: "Ёлкина" })).toEqual([]);
  });

  test("a seller learns of a colleague's lead without a way to open it", async () => {
    const lead = await save({ phone: "+79001234567" });

    expect(await ask({ phone: "+79001234567" }, boris)).toMatchObject([
      { author: "Анна", title: null, leadId: null },
    ]);
    expect(await ask({ phone: "+79001234567" }, { ...boris, role: "head" })).toMatchObject([
      { title: "Иван", leadId: lead.id },
    ]);
  });

  test("a near match is shown among one's own leads, and to heads among all", async () => {
    await save({ name: "Пётр", surname: "Ёлкин", phone: "+79001234567" });
    const near: Record<string, string>[] = [
      { phone: "+79001234568" },
      { phone: "+79001234576" },
      { name: "Пётр", surname: "Ёлкин" },
    ];

    for (const typed of near) {
      expect(await ask(typed)).toHaveLength(1);
      expect(await ask(typed, boris)).toEqual([]);
      expect(await ask(typed, { ...boris, role: "head" })).toHaveLength(1);
    }
  });

  test("a colleague's twenty near matches do not hide one's own", async () => {
    await save({ phone: "+79001234567" }, boris);
    for (let index = 0; index < 25; index++) await save({ phone: "+79001234567" }, anna, NOW + 1 + index);

    expect(await ask({ phone: "+79001234568" }, boris)).toMatchObject([{ author: "Борис" }]);
  });

  describe("after a hundred leads of colleagues in a day", () => {
    const learn = async (count: number, at = NOW) => {
      const day = Math.floor(at / DAY_MS);
      const rows = Array.from({ length: count }, (_, index) => ({
        person_id: boris.id,
        day,
        found: `lead ${index}`,
      }));
      await db.insertInto("lookups").values(rows).execute();
    };
    const look = (typed: Record<string, string>, who = boris, at = NOW) =>
      findDuplicates(typedSchema.parse(typed), who, db, at, "RU");
    const capped = async () => (await readAudit(db)).filter(({ action }) => action === "lookups_capped");

    test("a seller is shown no more of them, and the log has one line", async () => {
      await save({ phone: "+79001112233" });
      await save({ phone: "+79002223344" });
      await save({ phone: "+79003334455" }, boris);
      await learn(99);

      expect((await look({ phone: "+79001112233" })).matches).toHaveLength(1);
      expect(await look({ phone: "+79002223344" })).toEqual({ matches: [], isCapped: true });
      expect(await look({ phone: "+79002223344" })).toEqual({ matches: [], isCapped: true });

      expect(await capped()).toEqual([
        { action: "lookups_capped", person_id: boris.id, subject_id: null, detail: null },
      ]);
      expect((await look({ phone: "+79001112233" })).matches).toHaveLength(1);
      expect((await look({ phone: "+79003334455" })).matches).toHaveLength(1);
    });

    test("heads and the owner see them all the same, and a new day begins anew", async () => {
      await save({ phone: "+79001234567" });
      await learn(100);

      expect((await look({ phone: "+79001234567" }, { ...boris, role: "head" })).matches).toHaveLength(1);
      expect((await look({ phone: "+79001234567" }, anna)).matches).toHaveLength(1);
      expect((await look({ phone: "+79001234567" }, boris, NOW + DAY_MS)).matches).toHaveLength(1);
      expect(await db.selectFrom("lookups").select("found").execute()).toHaveLength(1);
      expect(await capped()).toEqual([]);
    });
  });

  test("exact comes before weak, then the newest, five at the most and each lead once", async () => {
    await save({ phone: "+79001234568" }, anna, NOW + 100);
    for (let index = 0; index < 6; index++) {
      await save({ phone: "+79001234567", telegram: "@same_handle" }, anna, NOW + index);
    }

    const matches = await ask({ phone: "+79001234567", telegram: "@same_handle" });

    expect(matches.map(({ createdAt }) => createdAt - NOW)).toEqual([5, 4, 3, 2, 1]);
    expect(matches.every(({ strength }) => strength === "exact")).toBe(true);
  });

  test("exact comes first also of who is a namesake of today as well", async () => {
    const same = { name: "Лев", surname: "Толстой", phone: "+79001234567" };
    await save(same);
    await save({ name: "Анна", phone: "+79001234568" });

    const found = await ask(same);

    expect(found.map(({ title, strength }) => [title, strength])).toEqual([
      ["Лев Толстой", "exact"],
      ["Анна", "weak"],
    ]);
  });

  test("the lead that is being corrected is not its own double", async () => {
    const lead = await save({ phone: "+79001234567" });

    expect(await ask({ phone: "+79001234567", except: lead.id })).toEqual([]);
  });

  test("digits that are no number, and another extension, are never exact", async () => {
    await save({ phone: "12-34-56" });
    await save({ phone: "8 495 123-45-67 доб. 5" });

    expect(await ask({ phone: "123456" })).toMatchObject([{ strength: "weak", by: "phone" }]);
    expect(await ask({ phone: "8 495 123-45-67 доб. 6" })).toMatchObject([{ strength: "weak" }]);
    expect(await ask({ phone: "8 495 123-45-67 доб. 5" })).toMatchObject([{ strength: "exact" }]);
  });

  test("the number of the switchboard is a hint at its extensions, no more", async () => {
    await save({ phone: "8 495 123-45-67" });

    expect(await ask({ phone: "8 495 123-45-67 доб. 5" })).toMatchObject([{ strength: "weak", by: "phone" }]);
  });

  test("an e-mail with invisible marks is the same e-mail", async () => {
    await save({ email: "ivan@example.com" });

    expect(await ask({ email: "ivan@exam\u200bple.com," })).toMatchObject([
      { strength: "exact", by: "email" },
    ]);
  });

  test("an extension is a hint at the number of its switchboard, no more", async () => {
    await save({ phone: "8 495 123-45-67 доб. 5" });

    expect(await ask({ phone: "8 495 123-45-67" })).toMatchObject([{ strength: "weak", by: "phone" }]);
  });

  test("an erased person is known by phone, handle and e-mail, and nothing else is said", async () => {
    const contacts = { phone: "+79001234567", telegram: "@ivan_p", email: "ivan@example.com" };
    const lead = await save({ ...contacts, surname: "Стёртый" });
    const look = (typed: Record<string, string>) =>
      findDuplicates(typedSchema.parse(typed), boris, db, NOW, "RU");
    expect((await look(contacts)).wasErased).toBeUndefined();

    await eraseLeads([lead.id], anna.id, db, NOW);

    const erased = { matches: [], wasErased: true };
    expect(await look({ phone: "8 (900) 123-45-67" })).toEqual(erased);
    expect(await look({ telegram: "t.me/Ivan_P" })).toEqual(erased);
    expect(await look({ email: "IVAN@example.com" })).toEqual(erased);
    expect((await look({ phone: "+79001234568" })).wasErased).toBeUndefined();
  });

  test("words that are no handle are nobody's", async () => {
    await save({ telegram: "нет", phone: "+79001234567" });

    expect(await ask({ telegram: "нет", phone: "нет" })).toEqual([]);
  });

  test("a correction is found by its new words and no longer by the old ones", async () => {
    const lead = await save({ phone: "+79001234567" });

    await createLead({ ...lead, phone: "+79007654321" }, anna.id, db, NOW + 1, RULES);

    expect(await ask({ phone: "+79001234567" })).toEqual([]);
    expect(await ask({ phone: "+79007654321" })).toMatchObject([{ leadId: lead.id, createdAt: NOW }]);
  });

  test("a lead that is deleted leaves nothing to be found by", async () => {
    const lead = await save({ phone: "+79001234567" });

    await db.deleteFrom("leads").where("id", "=", lead.id).execute();

    expect(await db.selectFrom("lead_keys").selectAll().execute()).toEqual([]);
  });
});
