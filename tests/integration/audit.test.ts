import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { writeAudit } from "@/lib/audit/mutations";
import { listAudit } from "@/lib/audit/queries";
import { auditFilterSchema } from "@/lib/audit/schema";
import type { Db } from "@/lib/db/client";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { addPerson } from "@/tests/support/people";

// 21 November 2025, 10:00 in Moscow.
const NOW = Date.parse("2025-11-21T07:00:00Z");
const HOUR = 60 * 60 * 1000;

describe.each(migratedDatabases)("the log on $name", ({ open }) => {
  let db: Db;
  let anna: string;
  let boris: string;

  const read = (filter: Record<string, string> = {}) => listAudit(auditFilterSchema.parse(filter), db);
  const toActions = async (filter: Record<string, string>) =>
    (await read(filter)).entries.map(({ action }) => action);

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    anna = await addPerson(db, { name: "Анна", role: "admin" });
    boris = await addPerson(db, { name: "Борис" });
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  test("a line cannot be deleted, nor said otherwise", async () => {
    await writeAudit({ person_id: anna, action: "signed_in", detail: {} }, db, NOW);

    await expect(db.deleteFrom("audit").execute()).rejects.toThrow("append-only");
    for (const change of [
      { at: 1 },
      { action: "signed_out" },
      { person_id: boris },
      { person_id: null },
      { subject_id: boris },
      { detail: "other" },
      { lead_id: randomUUID() },
      { id: randomUUID() },
    ]) {
      await expect(db.updateTable("audit").set(change).execute()).rejects.toThrow("append-only");
    }
    expect((await read()).entries).toHaveLength(1);
  });

  test("an erasure blanks what a line tells of a lead, and the line stays", async () => {
    const entry = {
      person_id: anna,
      action: "lead_settled",
      lead_id: randomUUID(),
      detail: { kommoLeadId: 7 },
    } as const;
    await writeAudit(entry, db, NOW);

    await db.updateTable("audit").set({ lead_id: null, detail: null }).execute();

    expect(await toActions({})).toEqual(["lead_settled"]);
  });

  test("lines come newest first, page after page, each once, even within one millisecond", async () => {
    for (let line = 0; line < 120; line++) {
      await writeAudit({ person_id: anna, action: "signed_in" }, db, NOW + Math.floor(line / 40));
    }

    const seen: { id: string; at: number }[] = [];
    let before: string | undefined;
    do {
      const page = await read(before ? { before } : {});
      seen.push(...page.entries);
      before = page.next;
    } while (before);

    expect(new Set(seen.map(({ id }) => id)).size).toBe(120);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((one, other) => other - one));
  });

  test("a person's lines are what they did and what was done to them", async () => {
    await writeAudit({ person_id: anna, action: "person_disabled", subject_id: boris }, db, NOW);
    await writeAudit({ person_id: boris, action: "signed_in" }, db, NOW + 1);
    await writeAudit({ person_id: anna, action: "delivery_paused" }, db, NOW + 2);

    expect(await toActions({ person: boris })).toEqual(["signed_in", "person_disabled"]);
    expect(await toActions({ person: anna, action: "delivery_paused" })).toEqual(["delivery_paused"]);
  });

  test("days begin where the reader is", async () => {
    const midnightInMoscow = Date.parse("2025-11-20T21:00:00Z");
    await writeAudit({ person_id: anna, action: "signed_in" }, db, midnightInMoscow - 1);
    await writeAudit({ person_id: anna, action: "signed_out" }, db, midnightInMoscow);
    await writeAudit({ person_id: anna, action: "delivery_paused" }, db, midnightInMoscow + 24 * HOUR);

    const moscow = { from: "2025-11-21", to: "2025-11-21", zone: "Europe/Moscow" };
    expect(await toActions(moscow)).toEqual(["signed_out"]);
    expect(await toActions({ from: "2025-11-21" })).toEqual(["delivery_paused"]);
  });

  test("a malformed filter filters nothing", async () => {
    await writeAudit({ person_id: null, action: "sign_in_failed" }, db, NOW);

    const hostile = "' or 1=1 --\u0000";
    const filter = {
      person: hostile,
      action: hostile,
      from: hostile,
      to: hostile,
      zone: hostile,
      before: hostile,
    };
    expect(await toActions(filter)).toEqual(["sign_in_failed"]);
  });

  test("a line names who, whom and which lead, as long as they are there", async () => {
    await writeAudit(
      { person_id: anna, action: "role_changed", subject_id: boris, detail: { from: "seller", to: "head" } },
      db,
      NOW,
    );
    await writeAudit({ person_id: null, action: "lead_resent", lead_id: randomUUID() }, db, NOW + 1);
    await writeAudit(
      { person_id: anna, action: "mapping_published", detail: { version: 7, restored: 2 } },
      db,
      NOW + 2,
    );
    await writeAudit({ person_id: anna, action: "leads_erased", detail: { count: 3 } }, db, NOW + 3);

    expect((await read()).entries).toMatchObject([
      { action: "leads_erased", detail: { count: 3 } },
      { action: "mapping_published", detail: { version: 7, restored: 2 } },
      { who: null, subject: null, lead: null, detail: {} },
      { who: "Анна", subject: "Борис", isOwn: false, detail: { from: "seller", to: "head" } },
    ]);
  });
});
