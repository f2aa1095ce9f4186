import { expect, test } from "vitest";
import { leadFields } from "@/lib/domain/lead/fields";
import { toForm } from "@/lib/domain/mapping/form/to-form";
import { changeOwnField, isOnForm, putOnForm } from "@/lib/domain/mapping/form-rules";
import { STANDARD_LAYOUT } from "@/lib/domain/mapping/layout";
import { MAX_OWN_LABEL, mappingSchema } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aField, aMapping, PHONE } from "@/tests/support/catalogues";

const options = [{ id: 701, value: "Высшее", sort: 0, code: null }];
const education = toTarget(aField({ id: 502, name: "Уровень", type: "select", options }));
const phone = toTarget(PHONE);
const hidden = { isHidden: true };
const required = { isRequired: true };

test("a mapping of before makes the form of before", () => {
  const { ownFields, layout, ...old } = aMapping();

  expect(toForm(mappingSchema.parse(old), [])).toMatchObject({
    ...STANDARD_LAYOUT,
    ...{ start: "phone", required: [], labels: {}, alternatives: {}, hidden: [] },
  });
});

test("the form has the admin's order and names, and starts in the first field that is there", () => {
  const ownFields = { name: hidden, surname: { label: { en: " Last\u200b name ", ru: "" } } };
  const layout = { first: ["name", "surname", "phone"], more: [] };

  expect(toForm(aMapping({ layout, ownFields }), [])).toMatchObject({
    first: ["name", "surname", "phone", "telegram", "source", "comment"],
    hidden: ["name"],
    start: "surname",
    labels: { surname: { en: "Last name", ru: "" } },
  });
});

test("a required field asks only while it is on the form", () => {
  const ownFields = { email: required, income: { ...required, ...hidden }, profession: required };
  const mapping = aMapping({ fields: { phone, email: phone }, parkIn: null, ownFields });

  expect(toForm(mapping, []).required).toEqual(["email"]);
  expect(toForm({ ...mapping, keptOnForm: ["profession"] }, []).required).toEqual(["email", "profession"]);
});

test("a field of ours that is a list has its name and its rule, and goes away with it", () => {
  const label = { en: "Degree", ru: "" };
  const fields = { phone, education };
  const form = toForm(aMapping({ fields, ownFields: { education: { label, ...required } } }), []);

  expect(form.custom).toMatchObject([
    { key: "leads:502", label: { en: "Degree", ru: "Образование" }, required: true },
  ]);
  expect(form.required).toEqual([]);
  const off = toForm(aMapping({ fields, ownFields: { education: hidden } }), []);
  expect(off.custom).toEqual([]);
  expect(off.hidden).toEqual(["education"]);
  expect(off.retired).toMatchObject([{ key: "leads:502" }]);
});

test("a rule over several fields names those that can answer it, where the usual words do not fit", () => {
  const ownFields = { phone: hidden, surname: { label: { en: "Family", ru: "" } } };

  expect(toForm(aMapping({ ownFields }), []).alternatives).toEqual({
    name_missing: ["name", "surname"],
    contact_missing: ["telegram", "email"],
  });
});

test("the comment cannot be taken off the form", () => {
  expect(toForm(aMapping({ ownFields: { comment: hidden } }), []).hidden).toEqual([]);
});

test("what Kommo does not get is kept on purpose when it is put on the form", () => {
  const bare = aMapping({ parkIn: null });
  const on = putOnForm(bare, "income", true);

  expect(isOnForm("income", bare)).toBe(false);
  expect(isOnForm("income", on)).toBe(true);
  expect(on.keptOnForm).toEqual(["income"]);
  expect(putOnForm(on, "income", false)).toMatchObject({
    keptOnForm: [],
    ownFields: { income: { isHidden: true } },
  });
  for (const field of leadFields) {
    expect(isOnForm(field, putOnForm(putOnForm(bare, field, false), field, true))).toBe(true);
  }
});

test("a field that is as ever again leaves nothing behind", () => {
  const changed = changeOwnField(aMapping(), "phone", { isRequired: true });

  expect(changeOwnField(changed, "phone", { isRequired: false })).toEqual(aMapping());
});

test("two changed fields share nothing, as an action takes no argument that refers to another", () => {
  const one = changeOwnField(aMapping(), "phone", { isRequired: true });
  const { phone, email } = changeOwnField(one, "email", { isRequired: true }).ownFields;

  expect(phone?.label).toEqual(email?.label);
  expect(phone?.label).not.toBe(email?.label);
});

test("bad input is refused: a name that is too long, an unknown field, a list that is too long", () => {
  const parse = (more: object) => mappingSchema.safeParse({ ...aMapping(), ...more }).success;
  const named = (en: string) => ({ ownFields: { phone: { label: { en, ru: "" } } } });

  expect(parse(named("x".repeat(MAX_OWN_LABEL)))).toBe(true);
  expect(parse(named("x".repeat(MAX_OWN_LABEL + 1)))).toBe(false);
  expect(parse(named("\u0301".repeat(100_000)))).toBe(false);
  expect(parse({ ownFields: { nonsense: required } })).toBe(false);
  expect(parse({ ownFields: { phone: { isRequired: "yes" } } })).toBe(false);
  expect(parse({ layout: { first: ["nonsense"], more: [] } })).toBe(false);
  expect(parse({ layout: { first: Array(1000).fill("phone"), more: [] } })).toBe(false);
});
