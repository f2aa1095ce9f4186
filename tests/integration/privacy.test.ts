import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { writeAudit } from "@/lib/audit/mutations";
import { saveConsent } from "@/lib/consent/mutations";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Lead } from "@/lib/domain/lead/schema";
import { noteDeleted } from "@/lib/leads/gone-leads";
import { createLead } from "@/lib/leads/mutations";
import { deleteOverdueLeads, eraseLeads, saveRetention } from "@/lib/privacy/mutations";
import { findLeadsOfPerson, findLeadsOfSamePerson, getPrivacy } from "@/lib/privacy/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";
import { untilWaitedFor } from "@/tests/support/until-waited-for";

const RULES = { holdMs: 0, defaultCountry: "RU" as const };
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = 1_763_719_200_000;

beforeAll(() => stubSettings("http://127.0.0.1:1"));
afterAll(() => vi.unstubAllEnvs());

describe.each(migratedDatabases)("erasure on $name", ({ open }) => {
  let db: Db;
  let author: string;

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    author = await insertSeller(db);
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  const save = (lead: Lead, by = author) => createLead(lead, by, db, NOW, RULES);
  const setState = (lead: Lead, state: string, more: { confirmed_at?: number } = {}) =>
    db
      .updateTable("leads")
      .set({ state, ...more })
      .where("id", "=", lead.id)
      .execute();
  const attempt = async (leads: Lead[]) => {
    const id = randomUUID();
    const figures = { started_at: NOW, duration_ms: 1, lead_count: leads.length, outcome: "confirmed" };
    await db
      .insertInto("attempts")
      .values({ id, ...figures })
      .execute();
    for (const lead of leads) {
      const row = { attempt_id: id, lead_id: lead.id, request: JSON.stringify(lead) };
      await db.insertInto("attempt_leads").values(row).execute();
    }
    return id;
  };
  const countAttempts = async () => (await db.selectFrom("attempts").select("id").execute()).length;
  const find = async (contact: string) =>
    (await findLeadsOfPerson(contact, author, db)).leads.map(({ id }) => id).sort();

  test("who looks for a person is in the log, and for whom is not", async () => {
    await find("+7 900 123-45-67");

    const log = await db.selectFrom("audit").select(["action", "person_id", "detail"]).execute();
    expect(log).toEqual([{ action: "leads_searched", person_id: author, detail: null }]);
  });

  test.each(["8 (900) 123-45-67", "+79001234567", "@IVAN_p", "t.me/ivan_p", " Ivan@Example.com "])(
    "a person is found by %s, whoever entered the lead",
    async (typed) => {
      const lead = aLead({ phone: "8 900 123-45-67", telegram: "@Ivan_P", email: "ivan@example.COM" });
      await save(lead, await insertSeller(db, "Борис"));
      await save(aLead({ phone: "+7 900 000-00-00", telegram: "@other", email: "other@example.com" }));

      expect(await find(typed)).toEqual([lead.id]);
    },
  );

  test("a number that is no phone is found as it was typed", async () => {
    const lead = aLead({ phone: "123" });
    await save(lead);

    expect(await find("123")).toEqual([lead.id]);
  });

  test("leads that share another contact with one of them belong to the same person", async () => {
    const byPhone = aLead({ phone: "+7 900 123-45-67", email: "ivan@example.com" });
    const byEmail = aLead({ phone: "", email: "IVAN@example.com", telegram: "@ivan_p" });
    const byHandle = aLead({ phone: "", telegram: "ivan_p" });
    const stranger = aLead({ phone: "", telegram: "@stranger" });
    for (const lead of [byPhone, byEmail, byHandle, stranger]) await save(lead);

    const kin = [byPhone.id, byEmail.id, byHandle.id].sort();
    expect(await find("+7 900 123-45-67")).toEqual(kin);
    expect((await findLeadsOfSamePerson(byHandle.id, db)).leads.map(({ id }) => id).sort()).toEqual(kin);
  });

  test("words that are no handle and digits that are no number make nobody the same person", async () => {
    const one = aLead({ phone: "11-11-11", telegram: "нет", email: "one@example.com" });
    const other = aLead({ phone: "11-11-11", telegram: "нет", email: "other@example.com" });
    await save(one);
    await save(other);

    expect((await findLeadsOfSamePerson(one.id, db)).leads.map(({ id }) => id)).toEqual([one.id]);
    expect(await find("one@example.com")).toEqual([one.id]);
    expect(await find("нет")).toEqual([one.id, other.id].sort());
    expect(await find("111111")).toEqual([one.id, other.id].sort());
  });

  test("erasing takes the lead, what was sent of it, and what the log says of it, and leaves the others", async () => {
    const [gone, stays] = [aLead({ name: "Стёртый" }), aLead({ phone: "+7 900 000-00-00" })];
    await save(gone);
    await save(stays);
    await setState(gone, "confirmed");
    await attempt([gone]);
    const shared = await attempt([gone, stays]);
    const entry = {
      person_id: author,
      action: "lead_settled",
      lead_id: gone.id,
      detail: { kommoLeadId: 71 },
    } as const;
    await writeAudit(entry, db, NOW);

    const kommo = { kommo_lead_id: 71, kommo_contact_id: 81, twin_id: 70 };
    await db.updateTable("leads").set(kommo).where("id", "=", gone.id).execute();

    const erased = await eraseLeads([gone.id], author, db, NOW);

    expect(erased).toEqual({ count: 1, kommoLeadIds: [70, 71], kommoContactIds: [81] });
    expect(await db.selectFrom("leads").select("id").execute()).toEqual([{ id: stays.id }]);
    const keys = await db.selectFrom("lead_keys").select("lead_id").distinct().execute();
    expect(keys).toEqual([{ lead_id: stays.id }]);
    const words = await db.selectFrom("name_parts").select("word").distinct().execute();
    expect(words.map(({ word }) => word)).not.toContain("стертый");
    expect(words).not.toEqual([]);
    expect(await db.selectFrom("attempts").select("id").execute()).toEqual([{ id: shared }]);
    expect(await db.selectFrom("attempt_leads").select("lead_id").execute()).toEqual([{ lead_id: stays.id }]);
    const log = await db
      .selectFrom("audit")
      .select(["action", "lead_id", "detail"])
      .orderBy("action")
      .execute();
    expect(log).toEqual([
      { action: "lead_settled", lead_id: null, detail: null },
      { action: "leads_erased", lead_id: null, detail: '{"count":1}' },
    ]);
  });

  test("what stays says when, by whom and how many, and answers «known» to the same contact alone", async () => {
    const lead = aLead({ phone: "+7 900 123-45-67", telegram: "@ivan_p" });
    await save(lead);

    await eraseLeads([lead.id], author, db, NOW);

    expect((await getPrivacy(db)).erasures).toMatchObject([{ at: NOW, by: "Анна", leadCount: 1 }]);
    expect(await findLeadsOfPerson("8 900 123 45 67", author, db)).toEqual({ leads: [], erasedAt: NOW });
    expect(await findLeadsOfPerson("IVAN_P", author, db)).toEqual({ leads: [], erasedAt: NOW });
    expect(await findLeadsOfPerson("8 900 123 45 68", author, db)).toEqual({ leads: [], erasedAt: null });
    const other = { defaultCountry: "RU" as const, secret: "y".repeat(40) };
    expect((await findLeadsOfPerson("IVAN_P", author, db, other)).erasedAt).toBeNull();
    const kept = JSON.stringify(await db.selectFrom("erased_contacts").selectAll().execute());
    expect(kept).not.toMatch(/9001234567|ivan_p/i);
  });

  test.each(["held", "queued", "needs_fix", "needs_admin", "withdrawn"])(
    "a lead that is %s can be erased",
    async (state) => {
      const lead = aLead();
      await save(lead);
      await setState(lead, state);

      await eraseLeads([lead.id], author, db, NOW);

      expect(await find(lead.phone)).toEqual([]);
    },
  );

  test.each(["sending", "checking"])("while one lead is %s nothing is erased", async (state) => {
    const [leaving, other] = [aLead(), aLead()];
    await save(leaving);
    await save(other);
    await setState(leaving, state);

    await expect(eraseLeads([leaving.id, other.id], author, db, NOW)).rejects.toMatchObject({
      code: "being_sent",
    });

    expect(await find(leaving.phone)).toHaveLength(2);
    expect((await getPrivacy(db)).erasures).toEqual([]);
  });

  test("leads that are gone already are not erased twice", async () => {
    await expect(eraseLeads([randomUUID()], author, db, NOW)).rejects.toMatchObject({ code: "not_found" });
  });

  test("without a term nothing is ever removed", async () => {
    const lead = aLead();
    await save(lead);
    await setState(lead, "confirmed", { confirmed_at: 0 });

    expect(await deleteOverdueLeads(db, NOW)).toBe(0);
    expect(await find(lead.phone)).toEqual([lead.id]);
  });

  test("after the term leads that are done with go with their attempts; those that wait stay", async () => {
    const [old, young, waiting, withdrawn] = [aLead(), aLead(), aLead(), aLead()];
    for (const lead of [old, young, waiting, withdrawn]) await save(lead);
    await setState(old, "confirmed", { confirmed_at: NOW });
    await setState(young, "confirmed", { confirmed_at: NOW + DAY_MS });
    await setState(withdrawn, "withdrawn");
    await attempt([old]);
    await saveRetention(30, author, db, NOW);

    expect(await deleteOverdueLeads(db, NOW + 30 * DAY_MS)).toBe(0);
    expect(await deleteOverdueLeads(db, NOW + 30 * DAY_MS + 1)).toBe(2);

    expect(await find(old.phone)).toEqual([young.id, waiting.id].sort());
    expect(await countAttempts()).toBe(0);
    expect((await getPrivacy(db)).keepDays).toBe(30);
    expect((await getPrivacy(db)).erasures).toMatchObject([{ by: null, leadCount: 2 }]);
  });

  test("a withdrawn lead that is brought back at this moment stays", async () => {
    const lead = aLead();
    await save(lead);
    await setState(lead, "withdrawn");
    await saveRetention(1, author, db, NOW);
    const { promise, resolve } = Promise.withResolvers<void>();
    const bringBack = db.transaction().execute(async (tx) => {
      await tx.updateTable("leads").set({ state: "held" }).where("id", "=", lead.id).execute();
      resolve();
      await untilWaitedFor(tx);
    });
    await promise;

    expect(await deleteOverdueLeads(db, NOW + 2 * DAY_MS)).toBe(0);
    await bringBack;
    expect(await find(lead.phone)).toEqual([lead.id]);
  });

  describe("a press that a device repeats after its lead was deleted", () => {
    const listIds = async () => (await db.selectFrom("leads").select("id").execute()).map(({ id }) => id);

    test("is answered as saved and saves nothing, whatever is required by now; others of its moment are saved", async () => {
      const [erased, other] = [aLead(), aLead()];
      await save(erased);
      await eraseLeads([erased.id], author, db, NOW);
      await saveConsent(
        { texts: { en: "I agree", ru: "Согласен", es: "", pt: "" }, isAsked: true },
        author,
        db,
      );

      await Promise.all([save(erased), save({ ...other, consent_version: 1 })]);

      expect(await listIds()).toEqual([other.id]);
    });

    test("saves nothing either when the retention period has deleted it", async () => {
      const lead = aLead();
      await save(lead);
      await setState(lead, "confirmed", { confirmed_at: NOW });
      await saveRetention(1, author, db, NOW);
      await deleteOverdueLeads(db, NOW + 2 * DAY_MS);

      await save(lead);

      expect(await listIds()).toEqual([]);
    });

    test("saves nothing when it comes while the lead is being deleted", async () => {
      const lead = aLead();
      await save(lead);
      const { promise, resolve } = Promise.withResolvers<void>();
      const deletion = db.transaction().execute(async (tx) => {
        await noteDeleted([lead.id], tx);
        await tx.deleteFrom("leads").where("id", "=", lead.id).execute();
        resolve();
        await untilWaitedFor(tx);
      });
      await promise;

      await save(lead);

      await deletion;
      expect(await listIds()).toEqual([]);
    });

    test("is recognised by what tells nobody its id without the secret", async () => {
      const lead = aLead();
      await save(lead);
      await eraseLeads([lead.id], author, db, NOW, "y".repeat(40));

      await save(lead);

      expect(await listIds()).toEqual([lead.id]);
    });
  });

  test("a large backlog goes in portions, and leaves one line a day", async () => {
    for (let count = 0; count < 201; count++) await save(aLead());
    await db.updateTable("leads").set({ state: "confirmed", confirmed_at: 0 }).execute();
    await saveRetention(1, author, db, NOW);

    expect([await deleteOverdueLeads(db, NOW), await deleteOverdueLeads(db, NOW)]).toEqual([200, 1]);

    expect((await getPrivacy(db)).erasures).toMatchObject([{ by: null, leadCount: 201 }]);
  });
});

test("nothing of an erased person is left in the bytes of the files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "desk-"));
  const db = openDb(`file:${join(folder, "lead-desk.db")}`);
  await migrate(db);
  const author = await insertSeller(db);
  const lead = aLead({ surname: "Markedson", phone: "+7 900 555-66-77", profession: "Markedness" });
  await createLead(lead, author, db, NOW, RULES);
  const read = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join();
  expect(read()).toMatch(/Markedson/);

  await eraseLeads([lead.id], author, db, NOW);

  expect(read()).not.toMatch(/marked|9005556677/i);
  await db.destroy();
});
