import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { saveCatalogue } from "@/lib/account/mutations";
import { listAudit } from "@/lib/audit/queries";
import { findPersonOfSession } from "@/lib/auth/find-person-of-session";
import type { Db } from "@/lib/db/client";
import { leadStates, outcomes } from "@/lib/domain/lead/states";
import type { FormField } from "@/lib/domain/mapping/schema";
import { findProgress, hasExportLeft, startExport, stopExport, toFileName } from "@/lib/export/queries";
import { columns, type Export } from "@/lib/export/schema";
import { historySchema } from "@/lib/history/schema";
import { createLead } from "@/lib/leads/mutations";
import { disablePerson } from "@/lib/people/mutations";
import type { Person } from "@/lib/people/schema";
import { aLead } from "@/tests/support/builders";
import { aCatalogue } from "@/tests/support/catalogues";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller, startSession } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = Date.parse("2026-11-21T11:30:05Z");
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };
const CITY: FormField = {
  ...{ key: "leads:1", kind: "select", options: [{ id: 11, value: "Вена" }] },
  ...{ former: [], label: { en: "", ru: "" }, help: { en: "", ru: "" }, required: false },
};
const LEVEL: FormField = {
  ...CITY,
  key: "leads:502",
  kind: "select",
  options: [{ id: 701, value: "Высшее" }],
  own: { field: "education", words: {} },
};
const WORDS = {
  columns: Object.fromEntries(columns.map((column) => [column, `<${column}>`])),
  states: Object.fromEntries(leadStates.map((state) => [state, `<${state}>`])),
  outcomes: Object.fromEntries(outcomes.map((outcome) => [outcome, `<${outcome}>`])),
  custom: [{ field: CITY, name: "<city>" }],
  lists: [LEVEL],
  yes: "<yes>",
} as Parameters<typeof startExport>[2];

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("an export from $name", ({ open }) => {
  let db: Db;
  let head: Person;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    head = { id: await insertSeller(db, "Анна"), name: "Анна", email: "", role: "head" };
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const asCsv = (): Export => ({ format: "csv", ticket: randomUUID(), zone: "Europe/Moscow" });
  const start = (address: Record<string, string>, wanted: Export, mayGoOn = async () => true) =>
    startExport(historySchema.parse(address), wanted, WORDS, head, mayGoOn, db, NOW);

  test("who has exported some twenty times within an hour waits, and nobody else", async () => {
    const line = { action: "leads_exported", at: NOW - 1000 };
    const lines = Array.from({ length: 40 }, () => ({ ...line, id: randomUUID(), person_id: head.id }));
    await db.insertInto("audit").values(lines).execute();
    const colleague = await insertSeller(db, "Борис");

    expect(await hasExportLeft(head.id, db, NOW)).toBe(false);
    expect(await hasExportLeft(colleague, db, NOW)).toBe(true);
    expect(await hasExportLeft(head.id, db, NOW + 60 * 60 * 1000)).toBe(true);
  });

  const insertMany = async (count: number) => {
    const row = { author_id: head.id, state: "confirmed", due_at: 0, tries: 0 };
    for (let start = 0; start < count; start += 500) {
      const leads = Array.from({ length: 500 }, (_, index) => ({
        ...row,
        id: `lead-${start + index}`,
        name: `Имя${start + index}`,
        created_at: NOW + Math.floor((start + index) / 3),
      }));
      await db.insertInto("leads").values(leads).execute();
    }
  };

  test("holds the list as it is filtered, with states in words and times where the person is", async () => {
    await createLead(aLead({ surname: "Петров", source: "Expo" }), head.id, db, NOW, RULES);
    await createLead(aLead({ source: "Сайт" }), head.id, db, NOW + 1, RULES);
    const consent = { consent_version: 3, consent_at: NOW };
    await db.updateTable("leads").set(consent).where("source", "=", "Expo").execute();
    const wanted = asCsv();

    const text = await new Response(await start({ source: "Expo" }, wanted)).text();

    const [first, second, end] = text.split("\r\n");
    expect(first).toBe([...columns, "city"].map((column) => `"<${column}>"`).join(","));
    expect(second).toBe(
      '2026-11-21T14:30:05+03:00,"+79001234567","Иван","Петров",,"Expo",,,,,,,,,,,"Анна","<held>",,,,,,,,,2026-11-21T14:30:05+03:00,3,',
    );
    expect(end).toBe("");
    expect(findProgress(wanted.ticket, head.id)).toEqual({ rows: 1, state: "done" });
  });

  test("has the option of a list of ours in the field's own column, and older texts beside it", async () => {
    await createLead(aLead({ education: "вуз" }), head.id, db, NOW, RULES);
    const chosen = { id: "lead-1", name: "Анна", custom: JSON.stringify({ "leads:502": "701" }) };
    const row = { author_id: head.id, state: "confirmed", due_at: 0, tries: 0, created_at: NOW - 1 };
    await db
      .insertInto("leads")
      .values({ ...row, ...chosen })
      .execute();

    const text = await new Response(await start({}, asCsv())).text();

    const at = columns.indexOf("education");
    const cells = text.split("\r\n").map((line) => line.split(",")[at]);
    expect(cells.slice(0, 3)).toEqual(['"<education>"', '"вуз"', '"Высшее"']);
  });

  test("says what became of a lead in Kommo, with the names that Kommo has for people and stages", async () => {
    const users = [{ id: 5, name: "Илья Орлов", email: "", isAdmin: false, isActive: true, group: null }];
    const catalogue = aCatalogue({ users });
    await saveCatalogue(catalogue, [], db, NOW);
    const [pipeline] = catalogue.pipelines;
    const stage = pipeline?.stages.find(({ name }) => name === "Переговоры");
    const [won, lost] = [aLead({ name: "Анна" }), aLead({ name: "Олег" })];
    for (const lead of [won, lost]) await createLead(lead, head.id, db, NOW, RULES);
    const there = { state: "confirmed", pipeline_id: pipeline?.id, stage_id: stage?.id };
    const accepted = { accepted_at: NOW, accepted_by: 5 };
    const closed = { outcome: "lost", closed_at: NOW + 1000, loss_reason: "Дорого" };
    await db
      .updateTable("leads")
      .set({ ...there, ...accepted, ...closed })
      .where("id", "=", lost.id)
      .execute();
    await db
      .updateTable("leads")
      .set({ ...there, outcome: "accepted" })
      .where("id", "=", won.id)
      .execute();

    const text = await new Response(await start({ outcome: "lost" }, asCsv())).text();

    const [first, last] = [columns.indexOf("outcome"), columns.indexOf("lossReason")];
    const rows = text.split("\r\n").slice(1, -1);
    expect(rows.map((line) => line.split(",").slice(first, last + 1))).toEqual([
      [
        '"<lost>"',
        "2026-11-21T14:30:05+03:00",
        '"Илья Орлов"',
        '"Переговоры"',
        "2026-11-21T14:30:06+03:00",
        '"Дорого"',
      ],
    ]);
  });

  test("of chosen rows holds these in their order, and the log says how many were asked for", async () => {
    const [first, other, last] = [aLead({ name: "Анна" }), aLead({ name: "Олег" }), aLead({ name: "Пётр" })];
    for (const lead of [first, other, last]) await createLead(lead, head.id, db, NOW, RULES);

    const text = await new Response(await start({}, { ...asCsv(), ids: [last.id, first.id] })).text();

    const names = text.split("\r\n").map((line) => line.split(",")[2]);
    expect(names.slice(1, -1)).toEqual(['"Пётр"', '"Анна"']);
    const audit = await db.selectFrom("audit").select("detail").where("at", "=", NOW).execute();
    expect(audit.map(({ detail }) => JSON.parse(detail ?? ""))).toContainEqual({ format: "csv", chosen: 2 });
  });

  test("holds every lead once, in the list's order, whatever a portion holds", async () => {
    await insertMany(2500);

    const text = await new Response(await start({ sort: "oldest" }, asCsv())).text();

    const names = text
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",")[2]);
    expect(new Set(names).size).toBe(2500);
    expect(names).toHaveLength(2500);
  });

  test("is written down before it begins, without what was searched for", async () => {
    await start({ q: "Иван Петров", state: "in_kommo", after: "x" }, asCsv());

    const audit = await db.selectFrom("audit").selectAll().execute();
    expect(audit).toMatchObject([
      {
        action: "leads_exported",
        person_id: head.id,
        at: NOW,
        detail: JSON.stringify({ format: "csv", state: "in_kommo", searched: true }),
      },
    ]);
  });

  test("is written down after its end with the number that left", async () => {
    await createLead(aLead(), head.id, db, NOW, RULES);
    const countLeft = async () => (await listAudit({}, db)).entries.map(({ detail }) => detail);

    await new Response(await start({}, asCsv())).text();
    expect(await countLeft()).toEqual([{ count: 1, end: "done" }, { format: "csv" }]);

    const wanted = asCsv();
    const file = await start({}, wanted);
    stopExport(wanted.ticket, head.id);
    await expect(new Response(file).text()).rejects.toThrow();
    expect((await countLeft())[0]).toEqual({ count: 0, end: "stopped" });
  });

  test("that is stopped breaks off instead of looking whole", async () => {
    await createLead(aLead(), head.id, db, NOW, RULES);
    const wanted = asCsv();
    const file = await start({}, wanted);
    stopExport(wanted.ticket, randomUUID());
    expect(findProgress(wanted.ticket, head.id)?.state).toBe("running");

    stopExport(wanted.ticket, head.id);

    await expect(new Response(file).text()).rejects.toThrow();
    expect(findProgress(wanted.ticket, head.id)).toEqual({ rows: 0, state: "stopped" });
    expect(findProgress(wanted.ticket, randomUUID())).toBeUndefined();
  });

  test("that is stopped while its reader takes a portion in breaks off as well", async () => {
    await insertMany(8000);
    const wanted = asCsv();
    const reader = (await start({}, wanted)).getReader();
    await reader.read();
    // The next portions are read ahead; then each waits for its reader.
    await vi.waitFor(() => expect(findProgress(wanted.ticket, head.id)?.rows).toBeGreaterThan(0));

    stopExport(wanted.ticket, head.id);

    await expect(readToEnd(reader)).rejects.toThrow();
    expect(findProgress(wanted.ticket, head.id)?.state).toBe("stopped");
  });

  test("breaks off at the next portion once the session of its reader has ended", async () => {
    await insertMany(2500);
    const claims = await startSession(db, head.id, NOW);
    const wanted = asCsv();
    let asked = 0;
    const mayGoOn = async () => {
      asked++;
      if (asked === 2) await disablePerson(head.id, null, db, NOW);
      return (await findPersonOfSession(claims, db, NOW)) !== undefined;
    };

    await expect(new Response(await start({}, wanted, mayGoOn)).text()).rejects.toThrow();

    expect(findProgress(wanted.ticket, head.id)).toEqual({ rows: 1000, state: "failed" });
  });

  test("has what was typed into the admin's own fields, in words", async () => {
    const lead = { author_id: head.id, state: "confirmed", due_at: 0, tries: 0, created_at: NOW };
    await db
      .insertInto("leads")
      .values({ ...lead, id: randomUUID(), income: "1200.50", custom: JSON.stringify({ "leads:1": "11" }) })
      .execute();

    const text = await new Response(await start({}, asCsv())).text();

    expect(text).toMatch(/,1200.5,.*,"Вена"\r\n$/);
  });
});

test("a file is named after the day where the person is", () => {
  const evening = Date.parse("2026-11-21T20:30:00Z");

  expect(toFileName({ format: "csv", zone: "Asia/Tokyo" }, evening)).toBe("leads-2026-11-22.csv");
  expect(toFileName({ format: "csv_excel", zone: "UTC" }, evening)).toBe("leads-2026-11-21-excel.csv");
});

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
