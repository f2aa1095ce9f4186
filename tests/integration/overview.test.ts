import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { claimBatch } from "@/lib/delivery/claim";
import { type Lead, leadSchema } from "@/lib/domain/lead/schema";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { getOverview } from "@/lib/overview/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { aDuty } from "@/tests/support/duty";
import { insertSeller } from "@/tests/support/people";
import { listPlans } from "@/tests/support/plans";
import { stubSettings } from "@/tests/support/settings";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const HOLD_MS = 10_000;
const RULES = { holdMs: HOLD_MS, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("the overview on $name", ({ open }) => {
  let db: Db;
  let anna: string;
  let boris: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    anna = await insertSeller(db, "Анна");
    boris = await insertSeller(db, "Борис");
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  type Way = { author?: string; at?: string; arrivedMs?: number; hasLeft?: boolean };

  /** Arrived so many milliseconds after its rest, or has not. */
  const save = async (fields: Partial<Lead>, { author = anna, at, arrivedMs, hasLeft }: Way = {}) => {
    const lead = aLead(fields);
    const created = at ? Date.parse(at) : NOW - 60_000;
    const ready = created + HOLD_MS;
    await createLead(lead, author, db, created, RULES);
    await db
      .updateTable("leads")
      .set({
        ready_at: hasLeft || arrivedMs !== undefined ? ready : null,
        confirmed_at: arrivedMs === undefined ? null : ready + arrivedMs,
      })
      .where("id", "=", lead.id)
      .execute();
    return lead.id;
  };
  const fail = async (outcome: string, leads: string[], at = NOW - 30_000) => {
    const id = randomUUID();
    const attempt = { id, started_at: at, duration_ms: 5, lead_count: leads.length, outcome };
    await db
      .insertInto("attempts")
      .values({ ...attempt, status: null, response: null })
      .execute();
    for (const lead_id of leads) {
      await db.insertInto("attempt_leads").values({ attempt_id: id, lead_id, request: "{}" }).execute();
    }
  };
  const read = (address: object = {}, authorId?: string) =>
    getOverview({ zone: "UTC", ...address }, { authorId }, db, NOW);

  test("leads are counted by local day and source, days without any too", async () => {
    await save({ source: "Expo" }, { at: "2026-11-18T20:59:59Z" });
    await save({ source: "Expo" }, { at: "2026-11-18T21:00:00Z" });
    await save({ source: "Сайт" }, { at: "2026-11-20T21:00:00Z" });
    await save({ source: "Expo" }, { at: "2026-11-21T11:00:00Z" });
    await save({ source: "" }, { at: "2026-11-14T21:00:00Z" });
    await save({ source: "Expo" }, { at: "2026-11-14T20:59:59Z" });

    const { leads, bySource, slices } = await read({ zone: "Europe/Moscow" });

    expect(leads).toBe(5);
    expect(slices).toHaveLength(7);
    expect(bySource).toEqual([
      { kind: "named", name: "Expo", values: [0, 0, 0, 1, 1, 0, 1] },
      { kind: "named", name: "Сайт", values: [0, 0, 0, 0, 0, 0, 1] },
      { kind: "none", name: null, values: [1, 0, 0, 0, 0, 0, 0] },
    ]);
  });

  test("what became of leads is counted by source and by person, a young one not yet by the hour", async () => {
    const HOUR = 3_600_000;
    const end = (id: string, acceptedMs: number | null, outcome: string | null) =>
      db
        .updateTable("leads")
        .set((eb) => ({
          accepted_at: acceptedMs === null ? null : eb("confirmed_at", "+", acceptedMs),
          outcome,
        }))
        .where("id", "=", id)
        .execute();
    const old = { at: "2026-11-21T08:00:00Z", arrivedMs: 0 };
    await end(await save({ source: "Expo" }, old), HOUR, "won");
    await end(await save({ source: "Expo" }, old), HOUR + 1, "won");
    await end(await save({ source: "Expo" }, { ...old, author: boris }), null, "incoming");
    await save({ source: "Expo" }, { at: "2026-11-21T11:30:00Z", arrivedMs: 0 });
    await end(await save({ source: "" }, { at: "2026-11-21T11:30:00Z", arrivedMs: 0 }), 1000, "accepted");
    await save({ source: "Сайт" });
    const unlike = { at: "2026-11-21T07:00:00Z", arrivedMs: 0 };
    // Nobody knows when it was accepted; the other was before it arrived, as it had been there.
    await end(await save({ source: "" }, unlike), null, "won");
    await end(await save({ source: "" }, unlike), -HOUR, "accepted");
    const merged = await save({ source: "" }, unlike);
    await end(merged, 1000, "won");
    await db.updateTable("leads").set({ merged_at: 1 }).where("id", "=", merged).execute();

    const { outcomes, bySource, people } = await read({ range: "1" });

    expect(outcomes).toEqual({
      all: { confirmed: 7, judged: 4, soon: 2, won: 3 },
      sources: [
        { id: "Expo", kind: "named", name: "Expo", counts: { confirmed: 4, judged: 3, soon: 1, won: 2 } },
        { id: "", kind: "none", name: null, counts: { confirmed: 3, judged: 1, soon: 1, won: 1 } },
      ],
      people: [
        {
          ...{ id: anna, kind: "named", name: "Анна", byForm: false },
          counts: { confirmed: 6, judged: 3, soon: 2, won: 3 },
        },
        {
          id: boris,
          kind: "named",
          name: "Борис",
          byForm: false,
          counts: { confirmed: 1, judged: 1, soon: 0, won: 0 },
        },
      ],
    });
    expect(bySource.map(({ kind, name }) => [kind, name])).toEqual([
      ["named", "Expo"],
      ["named", "Сайт"],
      ["none", null],
    ]);
    expect(people).toMatchObject([{ name: "Анна", leads: 8 }, { leads: 1 }]);
    expect((await read({ range: "1" }, boris)).outcomes).toEqual({
      all: { confirmed: 1, judged: 1, soon: 0, won: 0 },
      sources: [
        { id: "Expo", kind: "named", name: "Expo", counts: { confirmed: 1, judged: 1, soon: 0, won: 0 } },
      ],
      people: [],
    });
  });

  test("today is counted by local hour, on both sides of a change of the clocks", async () => {
    await save({ source: "Expo" }, { at: "2026-10-25T00:30:00Z" });
    await save({ source: "Expo" }, { at: "2026-10-25T01:30:00Z" });
    await save({ source: "Expo" }, { at: "2026-10-25T22:30:00Z" });

    const { bySource, step } = await read({ from: "2026-10-25", to: "2026-10-25", zone: "Europe/Madrid" });

    expect(step).toBe("hour");
    expect(bySource[0]?.values).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === 2 ? 2 : hour === 23 ? 1 : 0)),
    );
  });

  test("beyond the five most frequent sources the others are counted together", async () => {
    for (const [index, count] of [6, 5, 4, 3, 3, 2, 1].entries()) {
      for (let each = 0; each < count; each++) await save({ source: `S${index}` });
    }

    const { bySource } = await read({ range: "1" });

    expect(bySource.map(({ kind, name, values }) => [kind, name, Math.max(...values)])).toEqual([
      ["named", "S0", 6],
      ["named", "S1", 5],
      ["named", "S2", 4],
      ["named", "S3", 3],
      ["named", "S4", 3],
      ["others", null, 3],
    ]);
  });

  test("everybody's leads are counted by person, and a seller's own alone", async () => {
    const mine = await save({ source: "Expo", entry_ms: 4000 }, { arrivedMs: 1000 });
    const other = await save({ source: "Сайт", entry_ms: 9000 }, { author: boris, arrivedMs: 60_000 });
    await save({}, { author: boris });
    await fail("unreachable", [mine, other]);
    await fail("refused", [other]);

    const all = await read();
    const own = await read({}, anna);

    expect(all.people).toEqual([
      { name: "Борис", byForm: false, leads: 2 },
      { name: "Анна", byForm: false, leads: 1 },
    ]);
    expect(all.byPerson.map(({ name }) => name)).toEqual(["Борис", "Анна"]);
    expect(own).toMatchObject({ leads: 1, people: [], byPerson: [] });
    expect(own.bySource.map(({ name }) => name)).toEqual(["Expo"]);
    expect(own.arrivals).toMatchObject({ leads: 1, prompt: 1 });
    expect(own.entry).toMatchObject({ leads: 1, medianMs: 4000 });
    expect(own.failures).toMatchObject({ leads: 1, reasons: [{ outcome: "unreachable", leads: 1 }] });
  });

  test("prompt is who was confirmed within ten seconds of the end of the rest", async () => {
    await save({}, { arrivedMs: 10_000 });
    await save({}, { arrivedMs: 10_001 });
    await save({}, { hasLeft: true });
    await save({}, { hasLeft: true, at: new Date(NOW - HOLD_MS - 9000).toISOString() });
    await save({});

    const { arrivals } = await read();

    expect(arrivals).toMatchObject({ leads: 3, prompt: 1 });
    expect(arrivals.bySlice.at(-1)).toEqual({ leads: 3, prompt: 1 });
  });

  test("the median of entry times is the one in the middle, or the mean of the two", async () => {
    for (const entry_ms of [9000, 1000, 5000]) await save({ entry_ms }, { at: "2026-11-20T10:00:00Z" });
    for (const entry_ms of [2000, 7000, 7000, 3000]) await save({ entry_ms });
    await save({});

    const { entry } = await read();

    expect(entry).toEqual({
      leads: 7,
      medianMs: 5000,
      bySlice: [null, null, null, null, null, 5000, 5000],
    });
  });

  test("a failure counts a lead once, however often it met it", async () => {
    const [one, other] = [await save({}), await save({})];
    await fail("busy", [one, other]);
    await fail("busy", [one]);
    await fail("unclear", [one]);
    await fail("absent", [one]);
    await fail("confirmed", [one, other]);
    await fail("blocked", [one], NOW - 8 * 24 * 60 * 60 * 1000);

    const { failures } = await read();

    expect(failures).toEqual({
      completeFrom: null,
      leads: 2,
      reasons: [
        { outcome: "busy", leads: 2 },
        { outcome: "unclear", leads: 1 },
      ],
    });
  });

  test("failures that begin before what is kept of arrived leads say from when on they are complete", async () => {
    const quarter = await read({ range: "90" });
    const longer = await read({ from: "2026-08-20", to: "2026-11-21" });

    expect(quarter.failures.completeFrom).toBeNull();
    expect(longer.failures.completeFrom).toBe(Date.parse("2026-08-24T12:00:00Z"));
  });

  test("a source of any letters is one source, and leads of two years are in their weeks", async () => {
    const odd = "a,b \"c\" 'd' \\ | \t ё";
    await save({ source: odd }, { at: "2025-12-01T10:00:00Z" });
    await save({ source: odd, entry_ms: 7000 }, { at: "2026-11-20T10:00:00Z" });

    const { bySource, entry, slices } = await read({ from: "2025-11-30", to: "2026-11-21" });

    expect(bySource).toHaveLength(1);
    expect(bySource[0]?.values.flatMap((value, slice) => (value ? [slice] : []))).toEqual([
      1,
      slices.length - 1,
    ]);
    expect(entry.bySlice.at(-1)).toBe(7000);
  });

  test("a period without leads is zeros and gaps", async () => {
    const overview = await read();

    expect(overview).toMatchObject({
      ...{ leads: 0, bySource: [], byPerson: [], people: [] },
      arrivals: { leads: 0, prompt: 0 },
      entry: { leads: 0, medianMs: null },
      failures: { leads: 0, reasons: [] },
    });
  });

  describe("what is measured of a lead", () => {
    const measures = (id: string) =>
      db.selectFrom("leads").select(["ready_at", "entry_ms"]).where("id", "=", id).executeTakeFirstOrThrow();

    test("its rest ends when it was due, however late it is taken and how often", async () => {
      const lead = aLead();
      await createLead(lead, anna, db, NOW, RULES);
      await claimBatch(await aDuty(db, () => NOW + 60_000));
      const later = { state: "queued", due_at: NOW + 90_000 };
      await db.updateTable("leads").set(later).where("id", "=", lead.id).execute();

      await claimBatch(await aDuty(db, () => NOW + 120_000));

      expect(await measures(lead.id)).toMatchObject({ ready_at: NOW + HOLD_MS });
    });

    test("a lead that was repaired rests anew", async () => {
      const lead = aLead();
      await createLead(lead, anna, db, NOW, RULES);
      await claimBatch(await aDuty(db, () => NOW + HOLD_MS));
      await db.updateTable("leads").set({ state: "needs_fix" }).where("id", "=", lead.id).execute();
      await correctLead({ ...lead, name: "Пётр" }, anna, db, NOW + 60_000, RULES);

      await claimBatch(await aDuty(db, () => NOW + 90_000));

      expect(await measures(lead.id)).toMatchObject({ ready_at: NOW + 60_000 + HOLD_MS });
    });

    test("its entry time is that of its first saving, not of a correction", async () => {
      const lead = aLead({ entry_ms: 4321 });
      await createLead(lead, anna, db, NOW, RULES);

      await correctLead({ ...lead, name: "Пётр", entry_ms: 99 }, anna, db, NOW, RULES);

      expect(await measures(lead.id)).toEqual({ ready_at: null, entry_ms: 4321 });
    });
  });
});

test.each([[-1], [1.5], [3_600_001], ["5000"], [null]])(
  "an entry time of %j is left out and the lead is taken",
  (entry_ms) => {
    const lead = leadSchema.parse({ ...aLead(), entry_ms });

    expect(lead.entry_ms).toBeUndefined();
  },
);

const sqlite = migratedDatabases.filter(({ isSqlite }) => isSqlite);

test.each(sqlite)("the overview reads no lead by itself on $name, only its index", async ({ open }) => {
  const db = await open();
  const [first] = await listPlans(db, (watched) => getOverview({ zone: "UTC" }, {}, watched, NOW));
  await db.destroy();
  expect(first).toContain("USING COVERING INDEX leads_overview");
});
