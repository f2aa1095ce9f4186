import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { leadStates } from "@/lib/domain/lead/states";
import type { FormField } from "@/lib/domain/mapping/schema";
import { findProgress, startExport, stopExport } from "@/lib/export/queries";
import { columns, type Export } from "@/lib/export/schema";
import { historySchema } from "@/lib/history/schema";
import { createLead } from "@/lib/leads/mutations";
import type { Person } from "@/lib/people/schema";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = Date.parse("2026-11-21T11:30:05Z");
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };
const CITY: FormField = {
  ...{ key: "leads:1", kind: "select", options: [{ id: 11, value: "Вена" }] },
  ...{ former: [], label: { en: "", ru: "" }, help: { en: "", ru: "" }, required: false },
};
const WORDS = {
  columns: Object.fromEntries(columns.map((column) => [column, `<${column}>`])),
  states: Object.fromEntries(leadStates.map((state) => [state, `<${state}>`])),
  custom: [{ field: CITY, name: "<city>" }],
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
  const start = (address: Record<string, string>, wanted: Export) =>
    startExport(historySchema.parse(address), wanted, WORDS, head, db, NOW);

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
    const wanted = asCsv();

    const text = await new Response(await start({ source: "Expo" }, wanted)).text();

    const [first, second, end] = text.split("\r\n");
    expect(first).toBe([...columns, "city"].map((column) => `<${column}>`).join(";"));
    expect(second).toBe("2026-11-21 14:30:05;'+79001234567;Иван;Петров;;Expo;;;;;;;;;;Анна;<held>;;;");
    expect(end).toBe("");
    expect(findProgress(wanted.ticket, head.id)).toEqual({ rows: 1, state: "done" });
  });

  test("holds every lead once, in the list's order, whatever a portion holds", async () => {
    await insertMany(2500);

    const text = await new Response(await start({ sort: "oldest" }, asCsv())).text();

    const names = text
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(";")[2]);
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

  test("has what was typed into the admin's own fields, in words", async () => {
    const lead = { author_id: head.id, state: "confirmed", due_at: 0, tries: 0, created_at: NOW };
    await db
      .insertInto("leads")
      .values({ ...lead, id: randomUUID(), income: "1200.50", custom: JSON.stringify({ "leads:1": "11" }) })
      .execute();

    const text = await new Response(await start({}, asCsv())).text();

    expect(text).toMatch(/;1200,5;.*;Вена\r\n$/);
  });
});

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
