import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { saveNameParts } from "@/lib/db/name-parts";
import type { Lead } from "@/lib/domain/lead/schema";
import type { LeadState, Outcome } from "@/lib/domain/lead/states";
import {
  countWaiting,
  getPage,
  listAllSources,
  listChosenStuck,
  openPage,
  streamLeads,
} from "@/lib/history/queries";
import { historySchema } from "@/lib/history/schema";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { listSources, listStuck } from "@/lib/leads/queries";
import { readAudit } from "@/tests/support/audit";
import { aLead } from "@/tests/support/builders";
import { databases, emptyTables, migratedDatabases } from "@/tests/support/databases";
import { readList } from "@/tests/support/history";
import { insertSeller } from "@/tests/support/people";
import { listPlans } from "@/tests/support/plans";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the history on $name", ({ open }) => {
  let db: Db;
  let anna: string;
  let boris: string;
  let at: number;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    anna = await insertSeller(db, "Анна");
    boris = await insertSeller(db, "Борис");
    at = NOW;
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  type More = { state?: LeadState; author?: string; kommoId?: number; outcome?: Outcome };

  /** Each a second newer than the one before. */
  const save = async (
    fields: Partial<Lead>,
    { state = "confirmed", author = anna, kommoId, outcome }: More = {},
  ) => {
    const lead = aLead({ phone: "+79001234567", ...fields });
    at += 1000;
    await createLead(lead, author, db, at, RULES);
    const changed = { state, kommo_lead_id: kommoId, outcome };
    await db.updateTable("leads").set(changed).where("id", "=", lead.id).execute();
    return lead.id;
  };
  const titles = async (address: Record<string, string>, authorId?: string) =>
    (await readList(db, address, authorId)).leads.map(({ title }) => title);

  describe("search", () => {
    beforeEach(async () => {
      await save({ name: "Пётр", surname: "Ёлкин", phone: "8 900 123-45-67" }, { kommoId: 8_876_820 });
      await save({
        name: "Анна Мария",
        surname: "García",
        phone: "+34 612 34 56 78",
        telegram: "@annamaria",
      });
      const contacts = { phone: "12-34-56", email: "Oleg@Example.com" };
      await save({ name: "Олег", surname: "Ким-Петров", ...contacts, comment: "Просил перезвонить: vip" });
    });

    test.each([
      ["пет", ["Олег Ким-Петров", "Пётр Ёлкин"]],
      ["ПЁТР ёлк", ["Пётр Ёлкин"]],
      ["елкин петр", ["Пётр Ёлкин"]],
      ["елк пет", ["Пётр Ёлкин"]],
      ["garcia", ["Анна Мария García"]],
      ["garcia мар", ["Анна Мария García"]],
      ["мария анна", ["Анна Мария García"]],
      ["петров", ["Олег Ким-Петров"]],
      ["ётр", ["Олег Ким-Петров", "Пётр Ёлкин"]],
      ["тро", ["Олег Ким-Петров"]],
      ["ёр", []],
      ["ЛКИН", ["Пётр Ёлкин"]],
      ["rcí", ["Анна Мария García"]],
      ["ария", ["Анна Мария García"]],
      ["Yolkin", ["Пётр Ёлкин"]],
      ["elkin pyotr", ["Пётр Ёлкин"]],
      ["elk pet", ["Пётр Ёлкин"]],
      ["Anna Mariya", ["Анна Мария García"]],
      ["4567", ["Пётр Ёлкин"]],
      ["5678", ["Анна Мария García"]],
      ["45-67", ["Пётр Ёлкин"]],
      ["8 (900) 123-45-67", ["Пётр Ёлкин"]],
      ["+7 900 12", ["Пётр Ёлкин"]],
      ["8 900 12", ["Пётр Ёлкин"]],
      ["90012", ["Пётр Ёлкин"]],
      ["1234567", ["Пётр Ёлкин"]],
      ["+34612", ["Анна Мария García"]],
      ["123456", ["Олег Ким-Петров"]],
      ["12", []],
      ["@annam", ["Анна Мария García"]],
      ["t.me/AnnaMaria", ["Анна Мария García"]],
      ["annam", ["Анна Мария García"]],
      ["oleg@exa", ["Олег Ким-Петров"]],
      ["#8876820", ["Пётр Ёлкин"]],
      ["8876820", ["Пётр Ёлкин"]],
      ["перезвон", ["Олег Ким-Петров"]],
      ["просил ПЕРЕЗВОНИТЬ", ["Олег Ким-Петров"]],
      ["vip", ["Олег Ким-Петров"]],
      ["#999", []],
      ["%", []],
      ["' or 1=1", []],
    ])("%s finds %j", async (q, found) => {
      expect(await titles({ q })).toEqual(found);
    });

    test("by two words finds those with another between them beside those without", async () => {
      await save({ name: "Иван", surname: "Сидоров" });
      await save({ name: "Иван Сергеевич", surname: "Сидоров" });
      await save({ name: "Сидоров Иван" });

      expect(await titles({ q: "иван сидоров" })).toEqual([
        "Сидоров Иван",
        "Иван Сергеевич Сидоров",
        "Иван Сидоров",
      ]);
    });

    test("in Cyrillic finds a name in Latin letters, and one with a Latin letter in it", async () => {
      await save({ name: "Sergey", surname: "Zhukov" });
      await save({ name: "Cергей", surname: "Иванов" });

      expect(await titles({ q: "сергей" })).toEqual(["Cергей Иванов", "Sergey Zhukov"]);
      expect(await titles({ q: "жук серг" })).toEqual(["Sergey Zhukov"]);
      expect(await titles({ q: "ерге" })).toEqual(["Cергей Иванов"]);
    });

    test("by the middle of a word stays in a seller's own leads and goes with the other filters", async () => {
      await save({ name: "Дмитрий", surname: "Чужой" }, { author: boris, state: "needs_fix" });

      expect(await titles({ q: "мит" }, boris)).toEqual(["Дмитрий Чужой"]);
      expect(await titles({ q: "мит" }, anna)).toEqual([]);
      expect(await titles({ q: "етр", sort: "oldest" })).toEqual(["Пётр Ёлкин", "Олег Ким-Петров"]);
      expect(await titles({ q: "мит", state: "in_kommo" })).toEqual([]);
      expect(await titles({ q: "мит", state: "needs_you", author: boris })).toEqual(["Дмитрий Чужой"]);
    });

    test("by the middle of a word goes on while any lead has that word, and ends with the last", async () => {
      const lead = aLead({ name: "Анна", surname: "Мария" });
      await createLead(lead, anna, db, at, RULES);
      await correctLead({ ...lead, name: "Аннушка" }, anna, db, at, RULES);

      expect(await titles({ q: "нуш" })).toEqual(["Аннушка Мария"]);
      expect(await titles({ q: "нна" })).toEqual(["Анна Мария García"]);
      await correctLead({ ...lead, name: "Ольга" }, anna, db, at, RULES);
      expect(await titles({ q: "нуш" })).toEqual([]);
      const left = await db.selectFrom("name_parts").select("word").distinct().orderBy("word").execute();
      expect(left.map(({ word }) => word)).not.toContain("аннушка");
      expect(left.map(({ word }) => word)).toContain("анна");
    });

    test("stays in a seller's own leads", async () => {
      await save({ name: "Пётр", surname: "Чужой" }, { author: boris });

      expect(await titles({ q: "петр" }, boris)).toEqual(["Пётр Чужой"]);
      expect(await titles({ q: "#8876820" }, boris)).toEqual([]);
      expect(await titles({ q: "4567" }, boris)).toEqual(["Пётр Чужой"]);
      expect(await titles({ q: "петр", author: anna }, boris)).toEqual([]);
    });

    test("goes with the other filters", async () => {
      await save({ name: "Пётр", surname: "Новый", source: "Expo" }, { state: "needs_fix" });

      expect(await titles({ q: "петр", state: "needs_you" })).toEqual(["Пётр Новый"]);
      expect(await titles({ q: "петр", state: "in_kommo", source: "Expo" })).toEqual([]);
      expect(await titles({ q: "петр", source: "Expo" })).toEqual(["Пётр Новый"]);
      expect(await titles({ q: "петр", author: boris })).toEqual([]);
      expect(await titles({ q: "петр", sort: "oldest" })).toEqual([
        "Пётр Ёлкин",
        "Олег Ким-Петров",
        "Пётр Новый",
      ]);
    });
  });

  test("what thousands share is found as well, page after page", async () => {
    const many = 5100;
    const row = { author_id: anna, state: "confirmed", due_at: 0, tries: 0, name_key: "иван" };
    for (let start = 0; start < many; start += 850) {
      const indexes = Array.from({ length: 850 }, (_, index) => start + index);
      const leads = indexes.map((index) => ({
        ...row,
        id: `many-${index}`,
        name: "Иван",
        created_at: NOW + index,
      }));
      await db.insertInto("leads").values(leads).execute();
      const keys = leads.map(({ id, created_at }) => ({
        lead_id: id,
        key: "n:иван",
        at: created_at,
        author_id: anna,
      }));
      await db.insertInto("lead_keys").values(keys).execute();
    }
    await save({ name: "Пётр" });

    const first = await readList(db, { q: "ив" });
    const second = await readList(db, { q: "ив", after: first.next ?? "" });

    expect(first.leads[0]?.id).toBe(`many-${many - 1}`);
    expect(second.leads[0]?.id).toBe(`many-${many - 51}`);
    expect(await titles({ q: "ив", state: "in_kommo" })).toHaveLength(50);
    expect(await titles({ q: "ив", state: "waiting" })).toEqual([]);
    expect(await titles({ q: "ив" }, boris)).toEqual([]);
    await db.insertInto("name_parts").values({ part: "ван", word: "иван" }).execute();
    const middle = await readList(db, { q: "ван", after: first.next ?? "" });
    expect(middle.leads.map(({ id }) => id)).toEqual(second.leads.map(({ id }) => id));
    expect((await titles({ sort: "name", state: "in_kommo" })).at(-1)).toBe("Иван");
    expect((await titles({ sort: "name_desc", state: "in_kommo" })).at(0)).toBe("Пётр");
  });

  test("a page is full though each lead is found by both its names", async () => {
    for (let index = 0; index < 60; index++) await save({ name: `Иван${index}`, surname: "Иванов" });

    const page = await readList(db, { q: "ив" });

    expect(new Set(page.leads.map(({ id }) => id)).size).toBe(50);
    expect((await readList(db, { q: "ив", after: page.next ?? "" })).leads).toHaveLength(10);
  });

  test("a group of states is all of its states, newest first", async () => {
    for (const state of ["held", "queued", "sending", "checking", "confirmed", "withdrawn"] as const) {
      await save({ name: state }, { state });
    }

    expect(await titles({ state: "waiting" })).toEqual(["checking", "sending", "queued", "held"]);
    expect(await titles({ state: "in_kommo" })).toEqual(["confirmed"]);
    expect(await titles({ state: "withdrawn" })).toEqual(["withdrawn"]);
  });

  test("a list without filters leaves what waits for a person to the list above it", async () => {
    await save({ name: "Готов" });
    await save({ name: "Ждёт" }, { state: "needs_fix" });
    await save({ name: "Неясен" }, { state: "needs_admin", author: boris });

    expect(await titles({})).toEqual(["Готов"]);
    expect((await listStuck({}, db)).map(({ title }) => title)).toEqual(["Неясен", "Ждёт"]);
    expect((await listStuck({ authorId: anna }, db)).map(({ title }) => title)).toEqual(["Ждёт"]);
    expect(await titles({ source: "Expo" })).toEqual([]);
  });

  test("sources, authors and times narrow the list", async () => {
    await save({ name: "Раз", source: "Expo" });
    await save({ name: "Два", source: "Сайт" }, { author: boris });
    await save({ name: "Три", source: "Expo" }, { author: boris });
    const moment = (ms: number) => new Date(ms).toISOString();

    expect(await titles({ source: "Expo" })).toEqual(["Три", "Раз"]);
    expect(await titles({ source: "Expo", author: boris })).toEqual(["Три"]);
    expect(await titles({ from: moment(NOW + 2000), to: moment(NOW + 3000) })).toEqual(["Два"]);
    expect(await titles({ source: "Expo", state: "in_kommo", sort: "oldest" })).toEqual(["Раз", "Три"]);
  });

  test("an outcome narrows the list to what is in Kommo, and goes with the other filters", async () => {
    await save({ name: "Анна", source: "Expo" }, { outcome: "won" });
    await save({ name: "Олег", source: "Сайт" }, { outcome: "won", author: boris });
    await save({ name: "Вера", source: "Expo" }, { outcome: "lost" });
    await save({ name: "Новый" });
    await save({ name: "Искомый" }, { outcome: "won", state: "checking" });

    expect(await titles({ outcome: "won" })).toEqual(["Олег", "Анна"]);
    expect(await titles({ outcome: "won", sort: "name" })).toEqual(["Анна", "Олег"]);
    expect(await titles({ outcome: "won", state: "in_kommo", source: "Expo" })).toEqual(["Анна"]);
    expect(await titles({ outcome: "won", state: "waiting" })).toEqual([]);
    expect(await titles({ outcome: "won" }, boris)).toEqual(["Олег"]);
    expect(await titles({ outcome: "won", q: "ан" })).toEqual(["Анна"]);
    expect(await titles({ outcome: "merged" })).toEqual([]);
    expect(await titles({ outcome: "unheard of" })).toHaveLength(5);
  });

  test("names are sorted whatever their case and accents", async () => {
    for (const name of ["борис", "Ёж", "Álvaro", "Анна", "Жанна"]) await save({ name });

    expect(await titles({ sort: "name" })).toEqual(["Álvaro", "Анна", "борис", "Ёж", "Жанна"]);
    expect(await titles({ sort: "name_desc", state: "in_kommo" })).toEqual([
      "Жанна",
      "Ёж",
      "борис",
      "Анна",
      "Álvaro",
    ]);
  });

  test.each(["newest", "oldest", "name", "name_desc"])(
    "pages sorted by %s follow each other there and back, whatever comes meanwhile",
    async (sort) => {
      for (let index = 0; index < 120; index++) await save({ name: `Имя${index % 7}`, surname: `${index}` });
      const everything: string[] = [];
      for await (const ids of streamLeads(historySchema.parse({ sort }), {}, 50, db)) everything.push(...ids);

      const first = await readList(db, { sort });
      await save({ name: "А новый" });
      const second = await readList(db, { sort, after: first.next ?? "" });
      const third = await readList(db, { sort, after: second.next ?? "" });
      const back = await readList(db, { sort, before: third.previous ?? "" });

      const ids = (page: typeof first) => page.leads.map(({ id }) => id);
      expect(everything).toHaveLength(120);
      expect(ids(first)).toEqual(everything.slice(0, 50));
      expect(ids(second)).toEqual(everything.slice(50, 100));
      expect(ids(third).slice(0, 20)).toEqual(everything.slice(100));
      expect(ids(back)).toEqual(ids(second));
      expect(first.previous).toBeUndefined();
      expect(third.next).toBeUndefined();
    },
  );

  test("states that share a source, and moments, are one list", async () => {
    const states = ["confirmed", "withdrawn", "queued", "needs_fix"];
    const row = { author_id: anna, source: "Expo", due_at: 0, tries: 0 };
    const leads = Array.from({ length: 160 }, (_, index) => ({
      ...row,
      id: `lead-${(index * 37) % 160}`,
      state: states[index % 4] ?? "",
      created_at: NOW + Math.floor(index / 40),
    }));
    await db.insertInto("leads").values(leads).execute();
    const inOrder = leads.toSorted((a, b) => b.created_at - a.created_at || (a.id < b.id ? 1 : -1));

    const first = await readList(db, { source: "Expo" });
    const second = await readList(db, { source: "Expo", after: first.next ?? "" });
    const oldest = await readList(db, { source: "Expo", sort: "oldest" });

    const ids = inOrder.map(({ id }) => id);
    expect([...first.leads, ...second.leads].map(({ id }) => id)).toEqual(ids.slice(0, 100));
    expect(oldest.leads.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 50));
  });

  test("a page before the first is the first, and a cursor that was tampered with is none", async () => {
    await save({ name: "Один" });
    const page = await readList(db, { before: encodeURIComponent(JSON.stringify([NOW, "x"])) });

    expect(page.leads).toHaveLength(1);
    expect(page.previous).toBeUndefined();
    expect(await titles({ after: "%%%", before: "[]" })).toEqual(["Один"]);
  });

  describe("a search in everyone's leads", () => {
    const MINUTE = 60_000;
    const read = (role: "seller" | "head", address: Record<string, string>, now = NOW) => {
      const reader = { id: anna, role, name: "Анна", email: "anna@example.com" };
      return openPage(historySchema.parse(address), reader, db, now, "RU");
    };
    const toLine = () => ({ action: "leads_searched", person_id: anna, subject_id: null, detail: null });

    test("is in the log, without the words", async () => {
      await save({ name: "Вера" }, { author: boris });

      expect((await read("head", { q: "вера" })).leads).toHaveLength(1);

      expect(await readAudit(db)).toEqual([toLine()]);
    });

    test("is one line in ten minutes, as each letter is a search", async () => {
      for (const [q, minute] of [
        ["в", 0],
        ["ве", 1],
        ["олег", 9],
        ["олег", 10],
      ] as const) {
        await read("head", { q }, NOW + minute * MINUTE);
      }

      expect(await readAudit(db)).toEqual([toLine(), toLine()]);
    });

    test("is not what a seller does, nor a list without a search, nor a search in one's own leads", async () => {
      await save({ name: "Вера" }, { author: boris });

      expect((await read("seller", { q: "вера" })).leads).toEqual([]);
      await read("head", { state: "in_kommo" });
      await read("head", { q: "вера", author: anna });

      expect(await readAudit(db)).toEqual([]);
    });
  });

  test("what waits is counted for those who may see it", async () => {
    await save({}, { state: "needs_fix" });
    await save({}, { state: "queued", author: boris });
    await save({}, { state: "held", author: boris });

    const count = (scope: { authorId?: string }) => countWaiting({}, scope, db);
    expect(await count({})).toEqual({ needs_you: 1, needs_admin: 0, to_check: 0, waiting: 2 });
    expect(await count({ authorId: anna })).toEqual({ needs_you: 1, needs_admin: 0, waiting: 0 });
  });

  test("what waits is counted within the filters and the search, and not within a chosen state or outcome", async () => {
    await save({ name: "Вера", source: "Expo" }, { state: "needs_fix" });
    await save({ name: "Вера", source: "Сайт" }, { state: "queued" });
    await save({ name: "Олег", source: "Expo" }, { state: "held", author: boris });

    const count = (address: Record<string, string>) => countWaiting(historySchema.parse(address), {}, db);
    expect(await count({ source: "Expo" })).toEqual({
      needs_you: 1,
      needs_admin: 0,
      to_check: 0,
      waiting: 1,
    });
    expect(await count({ q: "вера", state: "in_kommo" })).toEqual({
      needs_you: 1,
      needs_admin: 0,
      to_check: 0,
      waiting: 1,
    });
    expect((await count({ source: "Expo", outcome: "won" })).waiting).toBe(1);
    expect(await count({ author: boris, sort: "name" })).toEqual({
      needs_you: 0,
      needs_admin: 0,
      to_check: 0,
      waiting: 1,
    });
  });

  test("sources are listed once each, and one's own by use", async () => {
    for (const source of ["Сайт", "Expo", "Expo", ""]) await save({ source });
    await save({ source: "Звонок" }, { author: boris });

    expect((await listAllSources({}, db)).toSorted()).toEqual(["Expo", "Звонок", "Сайт"]);
    expect(await listAllSources({ authorId: boris }, db)).toEqual(["Звонок"]);
    expect(await listSources(anna, db, at)).toEqual(["Expo", "Сайт"]);
    expect(await listSources(anna, db, at + 31 * 24 * 60 * 60 * 1000)).toEqual([]);
  });

  test("of the chosen leads knows those that wait for a person, whether rows or a filter were chosen", async () => {
    const fix = await save({ name: "Иван", source: "Expo" }, { state: "needs_fix" });
    const admin = await save({ name: "Иван", source: "Сайт" }, { state: "needs_admin", author: boris });
    const done = await save({ name: "Иван", source: "Expo" });
    const chosen = async (what: Parameters<typeof listChosenStuck>[0]) =>
      (await listChosenStuck(what, db, "RU")).map(({ id, state }) => [id, state]);
    const filter = (address: Record<string, string>) => chosen({ filter: historySchema.parse(address) });

    expect(await chosen({ ids: [done, fix] })).toEqual([[fix, "needs_fix"]]);
    expect(await filter({})).toEqual([
      [fix, "needs_fix"],
      [admin, "needs_admin"],
    ]);
    expect(await filter({ source: "Expo" })).toEqual([[fix, "needs_fix"]]);
    expect(await filter({ state: "needs_admin" })).toEqual([[admin, "needs_admin"]]);
    expect(await filter({ q: "иван", author: boris })).toEqual([[admin, "needs_admin"]]);
    expect(await filter({ state: "in_kommo" })).toEqual([]);
  });
});

describe.each(databases)("leads from before the search, on $name", ({ open }) => {
  test("are found as new ones are", async () => {
    const db = await open();
    await migrate(db, "0002-one-sender");
    const author_id = await insertSeller(db);
    const row = { author_id, state: "confirmed", due_at: 0, tries: 0, created_at: NOW };
    const old = {
      ...row,
      name: "Пётр",
      surname: "Ёлкин",
      phone: "+79001234567",
      phone_raw: "8 900 123-45-67",
    };
    const others = Array.from({ length: 1200 }, (_, index) => ({
      ...row,
      id: `other-${index}`,
      name: `Имя ${index}`,
    }));
    await db
      .insertInto("leads")
      .values({ ...old, id: "old" })
      .execute();
    for (const start of [0, 400, 800])
      await db
        .insertInto("leads")
        .values(others.slice(start, start + 400))
        .execute();

    await migrate(db);

    const found = async (q: string) => (await readList(db, { q })).leads.map(({ id }) => id);
    expect(await found("елк пет")).toEqual(["old"]);
    expect(await found("4567")).toEqual(["old"]);
    expect(await found("имя 1199")).toEqual(["other-1199"]);
    expect((await readList(db, { sort: "name_desc" })).leads[0]?.id).toBe("old");
    await db.destroy();
  });

  test("that were searched by letters alone are found by their spelling in Latin and in one script too", async () => {
    const db = await open();
    await migrate(db, "0017-sendings");
    const author_id = await insertSeller(db);
    const row = { author_id, state: "confirmed", due_at: 0, tries: 0, created_at: NOW };
    const [plain, mixed] = ["жуков", "cергей"];
    await db
      .insertInto("leads")
      .values([
        { ...row, id: "plain", name: "Жуков", name_key: plain },
        { ...row, id: "mixed", name: "Cергей", name_key: mixed },
      ])
      .execute();
    const keys = [
      { lead_id: "plain", key: `n:${plain}`, at: NOW, author_id },
      { lead_id: "mixed", key: `n:${mixed}`, at: NOW, author_id },
    ];
    await db.insertInto("lead_keys").values(keys).execute();
    await saveNameParts([plain, mixed], db);

    await migrate(db);

    const found = async (q: string) => (await readList(db, { q })).leads.map(({ id }) => id);
    expect(await found("zhukov")).toEqual(["plain"]);
    expect(await found("уков")).toEqual(["plain"]);
    expect(await found("сергей")).toEqual(["mixed"]);
    expect(await found("ерге")).toEqual(["mixed"]);
    const left = await db.selectFrom("name_parts").select("word").where("word", "=", mixed).execute();
    expect(left).toEqual([]);
    await db.destroy();
  });
});

test.each(migratedDatabases)(
  "leads with an outcome are found on $name in an index, however they are narrowed",
  async ({ open }) => {
    const db = await open();
    const history = historySchema.parse({ outcome: "won", state: "in_kommo", source: "Expo" });

    const [first] = await listPlans(db, (watched) => getPage(history, { authorId: "anna" }, watched, "RU"));

    await db.destroy();
    expect(first).toContain("leads_of_outcome");
  },
);
