import { expect, test } from "vitest";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aField, aMapping, NOTES, PHONE } from "@/tests/support/catalogues";

const INCOME = toTarget(aField({ id: 502, name: "Доход", type: "numeric" }));
const CITY = toTarget(aField({ id: 503, name: "Город" }));
const phone = toTarget(PHONE);
const onForm = (target: typeof CITY, label = "Поле") => ({
  key: `leads:${target.fieldId}`,
  target,
  label: { en: label, ru: label },
});

test("equal mappings have no differences", () => {
  expect(compareMappings(aMapping(), aMapping())).toEqual([]);
});

test.each<[object, object, object]>([
  [
    {},
    { fields: { phone, income: INCOME } },
    { code: "field_added", place: "income", values: { before: "", after: "Доход" } },
  ],
  [{ fields: { phone, income: INCOME } }, {}, { code: "field_removed", place: "income" }],
  [{}, { fields: { phone: { ...phone, enumCode: "MOB" } } }, { code: "field_changed", place: "phone" }],
  [
    {},
    { fields: { phone: { ...phone, name: "Мобильный" } } },
    { code: "field_accepted", place: "phone", values: { before: PHONE.name, after: "Мобильный" } },
  ],
  [
    { custom: [onForm(CITY)] },
    { custom: [onForm({ ...CITY, name: "Посёлок" })] },
    { code: "field_accepted", place: "leads:503", values: { after: "Посёлок" } },
  ],
  [{}, { pipelineName: "Другая" }, { code: "pipeline_accepted", values: { after: "Другая" } }],
  [{}, { optionsOf: { phone: { a: 1 } } }, { code: "options_changed", place: "phone" }],
  [{}, { custom: [onForm(CITY)] }, { code: "custom_added", place: "leads:503", values: { after: "Город" } }],
  [{ custom: [onForm(CITY)] }, {}, { code: "custom_removed", place: "leads:503" }],
  [
    { custom: [onForm(CITY)] },
    { custom: [onForm(CITY, "Town")] },
    { code: "custom_changed", place: "leads:503" },
  ],
  [
    { custom: [onForm(CITY), onForm(INCOME)] },
    { custom: [onForm(INCOME), onForm(CITY)] },
    { code: "custom_order" },
  ],
  [
    {},
    { pipelineId: 11, pipelineName: "Вторая" },
    { code: "pipeline", values: { before: "Воронка", after: "Вторая" } },
  ],
  [
    {},
    { ownFields: { phone: { label: { en: "Mobile", ru: "Мобильный" } } } },
    { code: "own_renamed", place: "phone", values: { before: "", after: "Mobile / Мобильный" } },
  ],
  [
    { ownFields: { name: { label: { en: "First name", ru: "" } } } },
    {},
    { code: "own_name_standard", place: "name", values: { before: "First name" } },
  ],
  [{}, { ownFields: { email: { isRequired: true } } }, { code: "own_required", place: "email" }],
  [{ ownFields: { email: { isRequired: true } } }, {}, { code: "own_optional", place: "email" }],
  [{}, { ownFields: { surname: { isHidden: true } } }, { code: "own_hidden", place: "surname" }],
  [{ ownFields: { surname: { isHidden: true } } }, {}, { code: "own_shown", place: "surname" }],
  [{}, { layout: { first: ["email"], more: [] } }, { code: "own_to_first", place: "email" }],
  [{}, { layout: { first: [], more: ["surname"] } }, { code: "own_to_more", place: "surname" }],
  [{}, { layout: { first: ["name", "phone"], more: [] } }, { code: "own_order", place: "layout" }],
  [{}, { keptOnForm: ["income"] }, { code: "kept_on_form", place: "income" }],
  [{ keptOnForm: ["income"] }, {}, { code: "off_form", place: "income" }],
  [{}, { leadName: "{name}" }, { code: "setting", place: "leadName" }],
  [{}, { holdSeconds: 0 }, { code: "setting", place: "holdSeconds", values: { before: 10, after: 0 } }],
  [
    {},
    { leftToKommo: [{ place: "leads:503", name: "Город" }] },
    { code: "left_to_kommo", place: "leads:503", values: { after: "Город" } },
  ],
  [
    { leftToKommo: [{ place: "leads:503", name: "Город" }] },
    {},
    { code: "asked_for_again", place: "leads:503", values: { after: "Город" } },
  ],
  [{}, { tags: ["expo"] }, { code: "tags", values: { before: "", after: "expo" } }],
  [{}, { sources: [{ name: "Expo", value: "expo" }] }, { code: "sources", values: { after: "Expo" } }],
  [{}, { isFreeSource: false }, { code: "free_source", values: { after: "false" } }],
  [
    {},
    { reference: CITY },
    { code: "reference", place: "reference", values: { before: "", after: "Город" } },
  ],
  [
    { reference: CITY },
    { reference: INCOME },
    { code: "reference", values: { before: "Город", after: "Доход" } },
  ],
  [{}, { parkIn: null }, { code: "park", values: { before: NOTES.name, after: "" } }],
])("from %j to %j is one difference", (before, after, difference) => {
  const [found, ...rest] = compareMappings(aMapping(before), aMapping(after));

  expect(rest).toEqual([]);
  expect(found).toMatchObject(difference);
});
