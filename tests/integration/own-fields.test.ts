import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Db } from "@/lib/db/client";
import { correctLead, createLead } from "@/lib/leads/mutations";
import { findMapping, listFormFields } from "@/lib/published-mapping/queries";
import { aLead } from "@/tests/support/builders";
import { emptyTables, migratedDatabases } from "@/tests/support/databases";
import { insertSeller } from "@/tests/support/people";
import { stubSettings } from "@/tests/support/settings";

const NOW = 1_763_719_200_000;
const RULES = { holdMs: 10_000, defaultCountry: "RU" as const };
const target = (fieldId: number, more: object = {}) => ({ entity: "leads", fieldId, type: "text", ...more });
const options = [{ id: 701, value: "Высшее" }];
const BODY = {
  pipelineId: 10,
  fields: {
    phone: { ...target(500), entity: "contacts", enumCode: "WORK", type: "multitext" },
    profession: target(501),
    education: target(502, { type: "select", options }),
  },
  parkIn: target(503, { type: "textarea" }),
  holdSeconds: 10,
};

describe.each(migratedDatabases)("our fields on the form, on $name", ({ open }) => {
  let db: Db;
  let anna: string;

  beforeAll(async () => {
    stubSettings("http://127.0.0.1:9");
    db = await open();
  });
  beforeEach(async () => {
    anna = await insertSeller(db, "Анна");
  });
  afterEach(() => emptyTables(db));
  afterAll(() => db.destroy());

  let version = 0;
  const insert = (more: object = {}) =>
    db
      .insertInto("mappings")
      .values({ version: ++version, body: JSON.stringify({ ...BODY, ...more }), published_at: NOW })
      .execute();
  const asks = (...fields: string[]) =>
    insert({ ownFields: Object.fromEntries(fields.map((field) => [field, { isRequired: true }])) });

  test("a mapping that was published before is as ever", async () => {
    await insert();

    expect((await findMapping(db))?.mapping).toMatchObject({ ownFields: {} });
    expect(await listFormFields(db)).toMatchObject({
      first: ["phone", "name", "surname", "telegram", "source", "comment"],
      ...{ start: "phone", required: [], labels: {}, alternatives: {}, hidden: ["education"] },
    });
    await createLead(aLead(), anna, db, NOW, RULES);
  });

  test("have the order and the names that were published", async () => {
    const label = { en: "Job", ru: "" };
    await insert({ ownFields: { profession: { label } }, layout: { first: ["profession"], more: [] } });

    const { first, start, labels } = await listFormFields(db);
    expect({ first: first.slice(0, 2), start, labels }).toEqual({
      ...{ first: ["profession", "phone"], start: "profession", labels: { profession: label } },
    });
  });

  test("that are required are asked for at the door, a list among them", async () => {
    await asks("profession", "education");

    await expect(createLead(aLead(), anna, db, NOW, RULES)).rejects.toMatchObject({
      code: "invalid",
      fields: { profession: "required", "custom.leads:502": "required" },
    });
    const whole = aLead({ profession: "Юрист", custom: { "leads:502": "701" } });
    await createLead(whole, anna, db, NOW, RULES);
    await expect(correctLead({ ...whole, profession: "" }, anna, db, NOW, RULES)).rejects.toMatchObject({
      fields: { profession: "required" },
    });
  });

  test("that came to be required do not stop the correction of an earlier lead", async () => {
    const lead = aLead({ profession: "" });
    await insert();
    await createLead(lead, anna, db, NOW, RULES);
    await asks("profession", "education");

    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW, RULES);

    const saved = await db.selectFrom("leads").select(["surname", "profession"]).executeTakeFirstOrThrow();
    expect(saved).toEqual({ surname: "Сидоров", profession: null });
  });

  test("that are off the form ask for nothing, and keep what an earlier lead has", async () => {
    const lead = aLead({ profession: "Юрист" });
    await insert({ ownFields: { profession: { isHidden: true, isRequired: true } } });

    await createLead(aLead(), anna, db, NOW, RULES);
    await createLead(lead, anna, db, NOW, RULES);
    await correctLead({ ...lead, surname: "Сидоров" }, anna, db, NOW, RULES);

    const saved = await db.selectFrom("leads").select("profession").where("id", "=", lead.id).execute();
    expect(saved).toEqual([{ profession: "Юрист" }]);
  });

  test.each(["held", "confirmed"])(
    "that came to be required, or are gone, refuse no press of a lead that is %s already",
    async (state) => {
      const lead = aLead({ custom: { "leads:502": "701" } });
      await insert();
      await createLead(lead, anna, db, NOW, RULES);
      await db.updateTable("leads").set({ state }).execute();

      await asks("profession");
      await createLead(lead, anna, db, NOW + 1, RULES);
      await insert({ fields: { phone: BODY.fields.phone } });
      await createLead(lead, anna, db, NOW + 2, RULES);
      await insert({ defaultCountry: "KZ" });
      await createLead(lead, anna, db, NOW + 3);

      const saved = await db.selectFrom("leads").select(["due_at", "custom"]).executeTakeFirstOrThrow();
      expect(saved).toEqual({ due_at: NOW + 10_000, custom: JSON.stringify(lead.custom) });
    },
  );

  test("that are gone refuse no correction that was saved, and a new one", async () => {
    const lead = aLead({ surname: "Сидоров", custom: { "leads:502": "701" } });
    await insert();
    await createLead({ ...lead, surname: "" }, anna, db, NOW, RULES);
    await correctLead(lead, anna, db, NOW + 1, RULES);
    await insert({ fields: { phone: BODY.fields.phone } });

    await correctLead(lead, anna, db, NOW + 2, RULES);
    const refused = { fields: { "custom.leads:502": "field_gone" } };
    const another = correctLead({ ...lead, surname: "Кузнецов" }, anna, db, NOW + 3, RULES);
    await expect(another).rejects.toMatchObject(refused);
    await db.updateTable("leads").set({ state: "needs_fix" }).execute();
    await expect(correctLead(lead, anna, db, NOW + 3, RULES)).rejects.toMatchObject(refused);
    await db.updateTable("leads").set({ state: "confirmed" }).execute();
    await correctLead(lead, anna, db, NOW + 3, RULES);
  });
});
