import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Db } from "@/lib/db/client";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { countStuck, findLead, listAttempts, listOutcomes, listTray } from "@/lib/leads/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { readLead } from "@/tests/support/leads";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };

beforeAll(() => stubSettings("http://127.0.0.1:4000"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("leads on $name", ({ open }) => {
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

  test("a lead rests for the hold before it is due", async () => {
    const lead = aLead();

    await createLead(lead, anna, db, NOW, RULES);

    expect(await readLead(lead.id, db)).toMatchObject({
      state: "held",
      dueAt: NOW + 10_000,
      createdAt: NOW,
      author: "Анна",
    });
  });

  test("a lead sent twice is queued once, and rests no longer for it", async () => {
    const lead = aLead();

    await createLead(lead, anna, db, NOW, RULES);
    await createLead(lead, anna, db, NOW + 5000, RULES);

    expect((await listTray(anna, db)).leads).toMatchObject([{ id: lead.id, dueAt: NOW + 10_000 }]);
  });

  test("a lead sent again with other words is corrected while it rests", async () => {
    const lead = aLead({ surname: "Петров" });
    await createLead(lead, anna, db, NOW, RULES);

    await createLead({ ...lead, surname: "", telegram: "@ivan_77" }, anna, db, NOW + 1, RULES);

    const saved = await readLead(lead.id, db);
    expect(saved).toMatchObject({ title: "Иван", createdAt: NOW });
    expect(saved.fields).toContainEqual({ field: "telegram", value: "@ivan_77" });
  });

  test("a press whose answer was lost undoes no correction when it comes again", async () => {
    const lead = aLead({ surname: "Петрв" });
    const [corrected, newer] = [
      { ...lead, surname: "Петров" },
      { ...lead, surname: "Сидоров" },
    ];
    await createLead(lead, anna, db, NOW, RULES);
    await correctLead({ ...corrected, opened: { state: "held", at: NOW } }, anna, db, NOW + 1, RULES);

    await createLead(lead, anna, db, NOW + 2, RULES);
    expect(await readLead(lead.id, db)).toMatchObject({ title: "Иван Петров" });
    await createLead(corrected, anna, db, NOW + 2, RULES);
    expect(await readLead(lead.id, db)).toMatchObject({ title: "Иван Петров", dueAt: NOW + 10_001 });

    const other = createLead(newer, anna, db, NOW + 2, RULES);
    await expect(other).rejects.toMatchObject({ code: "changed_meanwhile" });
    expect(await readLead(lead.id, db)).toMatchObject({ title: "Иван Петров" });
    await db.updateTable("leads").set({ state: "confirmed" }).execute();
    await createLead(lead, anna, db, NOW + 3, RULES);
  });

  test("newer words of a press replace older ones, also when they are the first ones again", async () => {
    const lead = aLead({ surname: "Петров" });

    for (const surname of ["Петров", "Сидоров", "Петров"])
      await createLead({ ...lead, surname, entry_ms: surname.length }, anna, db, NOW, RULES);

    expect(await readLead(lead.id, db)).toMatchObject({ title: "Иван Петров" });
  });

  test("a correction that comes after the lead has left is refused, not swallowed", async () => {
    const lead = aLead();
    await createLead(lead, anna, db, NOW, RULES);
    await db.updateTable("leads").set({ state: "sending" }).execute();

    await createLead(lead, anna, db, NOW + 1, RULES);
    const late = createLead({ ...lead, name: "Пётр" }, anna, db, NOW + 1, RULES);

    await expect(late).rejects.toMatchObject({ code: "already_left" });
    expect((await listTray(anna, db)).leads).toMatchObject([{ title: "Иван" }]);
  });

  test("presses of one moment are all saved, found and answered, the same press twice once", async () => {
    const leads = Array.from({ length: 60 }, (_, index) =>
      aLead({ name: `Имя${index}`, phone: toPhone(index) }),
    );
    const [first = aLead()] = leads;

    await Promise.all([...leads, first].map((lead) => createLead(lead, anna, db, NOW, RULES)));

    const saved = await db.selectFrom("leads").select(["id", "name_key"]).execute();
    expect(new Map(saved.map(({ id, name_key }) => [id, name_key]))).toEqual(
      new Map(leads.map(({ id, name }) => [id, name.toLowerCase()])),
    );
    for (const { id, phone } of leads) {
      const keys = await db.selectFrom("lead_keys").select("key").where("lead_id", "=", id).execute();
      expect(keys.map(({ key }) => key)).toContain(`p:${phone.slice(1)}`);
    }
  });

  test("of two sets of words under one id at the same moment one stands, whole", async () => {
    const lead = aLead({ name: "Иван", phone: "+79001234567" });
    const others = { ...lead, name: "Пётр", phone: "+79001234568" };

    await Promise.all([lead, others].map((one) => createLead(one, anna, db, NOW, RULES)));

    const { title } = (await readLead(lead.id, db)) ?? {};
    expect(["Иван", "Пётр"]).toContain(title);
    const keys = await db.selectFrom("lead_keys").select("key").where("lead_id", "=", lead.id).execute();
    expect(keys.map(({ key }) => key).filter((key) => key.startsWith("p:"))).toEqual([
      title === "Пётр" ? "p:79001234568" : "p:79001234567",
    ]);
  });

  test("one press that cannot be saved fails alone", async () => {
    const [good, bad, another] = [aLead(), aLead(), aLead()];

    const all = await Promise.allSettled([
      createLead(good, anna, db, NOW, RULES),
      createLead(bad, "nobody", db, NOW, RULES),
      createLead(another, boris, db, NOW, RULES),
    ]);

    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const saved = await db.selectFrom("leads").select("id").execute();
    expect(new Set(saved.map(({ id }) => id))).toEqual(new Set([good.id, another.id]));
  });

  test("nobody corrects a colleague's lead by its id", async () => {
    const lead = aLead();
    await createLead(lead, anna, db, NOW, RULES);

    const foreign = createLead(lead, boris, db, NOW + 1, RULES);

    await expect(foreign).rejects.toMatchObject({ code: "already_left" });
    expect((await listTray(anna, db)).leads).toMatchObject([{ author: "Анна" }]);
  });

  test("phone and Telegram are normalised, and the phone is kept as typed too", async () => {
    const lead = aLead({ phone: "8 (900) 123-45-67", telegram: "t.me/ivan_77" });

    await createLead(lead, anna, db, NOW, RULES);

    const saved = await readLead(lead.id, db);
    expect(saved.fields).toEqual([
      { field: "phone", value: "+79001234567" },
      { field: "name", value: "Иван" },
      { field: "telegram", value: "@ivan_77" },
    ]);
    expect(saved.phoneAsTyped).toBe("8 (900) 123-45-67");
  });

  test("the tray is newest first and ends at five, below those that wait for a person", async () => {
    const leads = Array.from({ length: 8 }, () => aLead());
    for (const [index, lead] of leads.entries()) await createLead(lead, anna, db, NOW + index, RULES);
    const setState = (index: number, state: string) =>
      db
        .updateTable("leads")
        .set({ state })
        .where("id", "=", leads[index]?.id ?? "")
        .execute();
    await setState(0, "needs_fix");
    await setState(1, "needs_admin");
    await createLead(aLead(), boris, db, NOW, RULES);

    const tray = await listTray(anna, db);

    expect(tray.leads.map(({ id }) => leads.findIndex((lead) => lead.id === id))).toEqual([
      1, 0, 7, 6, 5, 4, 3,
    ]);
    expect(tray.stuckCount).toBe(2);
    expect([await countStuck({ authorId: boris }, db), await countStuck({}, db)]).toEqual([0, 2]);
  });

  test("a seller's list and a seller's lead are the seller's own", async () => {
    const lead = aLead();
    await createLead(lead, anna, db, NOW, RULES);

    expect(await listTray(boris, db)).toEqual({ leads: [], stuckCount: 0 });
    expect(await findLead(lead.id, { authorId: boris }, db)).toBeUndefined();
    expect(await findLead(lead.id, { authorId: anna }, db)).toMatchObject({ id: lead.id });
  });

  test("what was sent and what came back is not read for a seller", async () => {
    const lead = aLead();
    await createLead(lead, anna, db, NOW, RULES);
    const attempt = { started_at: NOW, duration_ms: 5, lead_count: 1, outcome: "busy", status: 503 };
    await db
      .insertInto("attempts")
      .values({ id: "first", ...attempt, response: "no" })
      .execute();
    await db
      .insertInto("attempt_leads")
      .values({ attempt_id: "first", lead_id: lead.id, request: "{}" })
      .execute();

    const outcome = {
      id: "first",
      startedAt: NOW,
      durationMs: 5,
      leadCount: 1,
      outcome: "busy",
      status: 503,
    };
    expect(await listOutcomes(lead.id, db)).toEqual([outcome]);
    expect(await listAttempts(lead.id, db)).toEqual([{ ...outcome, request: "{}", response: "no" }]);
  });

  test("a lead that nobody made is not found", async () => {
    expect(await findLead(randomUUID(), {}, db)).toBeUndefined();
  });
});

function toPhone(index: number): string {
  return `+790012${String(10_000 + index)}`;
}
