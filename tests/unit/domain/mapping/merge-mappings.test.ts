import { expect, test } from "vitest";
import { mergeMappings } from "@/lib/domain/mapping/merge-mappings";
import type { CustomField, Mapping } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aField, aMapping } from "../../../support/catalogues";

const [CITY, AGE, NOTE] = [
  aField({ name: "Город" }),
  aField({ name: "Возраст" }),
  aField({ name: "Заметка" }),
];

function aCustom(field: typeof CITY, more: Partial<CustomField> = {}): CustomField {
  const words = { en: field.name, ru: field.name };
  const key = `${field.entity}:${field.id}`;
  return { key, target: toTarget(field), label: words, help: { en: "", ru: "" }, required: false, ...more };
}

function keysOf({ custom }: Mapping): string[] {
  return custom.map(({ key }) => key);
}

test("the merged mapping has the changes of both people", () => {
  const base = aMapping();
  const mine = aMapping({ tags: ["форма"] });
  const theirs = aMapping({ formName: "Форма команды" });

  const merged = mergeMappings(base, mine, theirs);

  expect(merged).toEqual(aMapping({ tags: ["форма"], formName: "Форма команды" }));
});

test("where both changed the same thing mine wins", () => {
  const merged = mergeMappings(
    aMapping(),
    aMapping({ formName: "Моя" }),
    aMapping({ formName: "Чужая", holdSeconds: 30 }),
  );

  expect(merged.formName).toBe("Моя");
  expect(merged.holdSeconds).toBe(30);
});

test("a reference that one chose is kept beside what the other changed", () => {
  const reference = toTarget(CITY);
  const [chosen, other] = [aMapping({ reference }), aMapping({ formName: "Форма команды" })];

  expect(mergeMappings(aMapping(), chosen, other)).toMatchObject({ reference, formName: "Форма команды" });
  expect(mergeMappings(aMapping(), other, chosen)).toMatchObject({ reference, formName: "Форма команды" });
});

test("targets merge field by field, removals too", () => {
  const [city, age] = [toTarget(CITY), toTarget(AGE)];
  const base = aMapping({ fields: { profession: city, income: age } });
  const mine = aMapping({ fields: { income: age } });
  const theirs = aMapping({ fields: { profession: city, income: age, education: toTarget(NOTE) } });

  const merged = mergeMappings(base, mine, theirs);

  expect(Object.keys(merged.fields)).toEqual(["income", "education"]);
});

test("custom fields merge one by one, in the order of the person who changed it", () => {
  const [city, age, note] = [aCustom(CITY), aCustom(AGE), aCustom(NOTE)];
  const base = aMapping({ custom: [city, age] });
  const mine = aMapping({ custom: [age, { ...city, required: true }] });
  const theirs = aMapping({ custom: [city, age, note] });

  const merged = mergeMappings(base, mine, theirs);

  expect(keysOf(merged)).toEqual([age.key, city.key, note.key]);
  expect(merged.custom[1]?.required).toBe(true);
});

test("a field that one person removed and the other left unchanged is removed", () => {
  const [city, age] = [aCustom(CITY), aCustom(AGE)];
  const base = aMapping({ custom: [city, age] });
  const one = aMapping({ custom: [age] });

  expect(keysOf(mergeMappings(base, one, base))).toEqual([age.key]);
  expect(keysOf(mergeMappings(base, base, one))).toEqual([age.key]);
});

test("a field is left to Kommo when either person left it", () => {
  const left = (field: typeof CITY) => [{ place: `leads:${field.id}`, name: field.name }];
  const base = aMapping();
  const mine = { ...base, leftToKommo: left(CITY) };
  const theirs = { ...base, leftToKommo: left(AGE) };

  expect(mergeMappings(base, mine, theirs).leftToKommo).toEqual([...left(AGE), ...left(CITY)]);
});

test("a field that one person returned to the form stays on the form in spite of the other's older copy", () => {
  const left = (field: typeof CITY) => ({ place: `leads:${field.id}`, name: field.name });
  const base = aMapping({ leftToKommo: [left(CITY), left(AGE)] });
  const mine = aMapping({ leftToKommo: [left(CITY), left(NOTE)] });
  const theirs = aMapping({ leftToKommo: [left(AGE)] });

  expect(mergeMappings(base, mine, theirs).leftToKommo).toEqual([left(NOTE)]);
});

test("names and rules of our fields merge field by field; an order is one person's", () => {
  const mine = aMapping({ ownFields: { phone: { label: { en: "Mobile", ru: "" } } } });
  const layout = { first: ["name", "phone"], more: [] };
  const theirs = aMapping({ ownFields: { email: { isRequired: true } }, layout });

  expect(mergeMappings(aMapping(), mine, theirs)).toEqual(
    aMapping({ ownFields: { ...mine.ownFields, ...theirs.ownFields }, layout }),
  );
});
