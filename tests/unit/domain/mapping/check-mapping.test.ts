import { expect, test } from "vitest";
import { checkMapping } from "@/lib/domain/mapping/check-mapping";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aCatalogue, aField, aMapping, NOTES, PHONE } from "@/tests/support/catalogues";

const CHOICE = aField({
  id: 501,
  name: "Образование",
  type: "select",
  options: [{ id: 700, value: "Бакалавр", sort: 1, code: null }],
});
const INCOME = aField({ id: 502, name: "Доход", type: "numeric" });
const FILES = aField({ id: 503, name: "Файлы", type: "file" });
const SUM = aField({ id: 504, name: "Сумма", isComputed: true });
const WANTED = aField({ id: 505, name: "Город", requiredIn: [{ pipelineId: 10, stageId: 2 }] });
const OURS = aField({ id: 506, name: "Lead Desk ID" });
const catalogue = aCatalogue({ add: [CHOICE, INCOME, FILES, SUM, WANTED, OURS] });

const phone = toTarget(PHONE);
const wordy = { en: "Field", ru: "Поле" };
const custom = (field: typeof CHOICE, label = wordy) => [
  { key: `leads:${field.id}`, target: toTarget(field), label },
];

test("a sound mapping has warnings about unmapped fields only", () => {
  const found = checkMapping(aMapping(), catalogue);

  expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(found.map(({ code }) => code)).toContain("unmapped");
});

test.each<[string, object, object]>([
  [
    "an id that does not exist",
    { fields: { phone, income: { entity: "leads", fieldId: 9 } } },
    { place: "income", code: "field_missing", values: { fieldId: 9 } },
  ],
  [
    "a field of the other entity",
    { fields: { phone: { ...toTarget(NOTES) } } },
    { place: "phone", code: "wrong_entity" },
  ],
  [
    "a type that does not fit",
    { fields: { phone, profession: toTarget(INCOME) } },
    { place: "profession", code: "type_unfit", values: { type: "numeric" } },
  ],
  [
    "a phone without its kind",
    { fields: { phone: { ...phone, enumCode: "FAX" } } },
    { place: "phone", code: "enum_missing", values: { codes: "WORK, MOB" } },
  ],
  ["no phone at all", { fields: {} }, { place: "phone", code: "unmapped", severity: "error" }],
  ["a field that Kommo computes", { custom: custom(SUM) }, { place: "leads:504", code: "computed" }],
  ["a field that no input can fill", { custom: custom(FILES) }, { place: "leads:503", code: "type_unfit" }],
  [
    "a field on the form without a word in Russian",
    { custom: custom(CHOICE, { en: "Field", ru: "" }) },
    { place: "leads:501", code: "label_missing" },
  ],
  [
    "a field used twice",
    { fields: { phone, income: toTarget(INCOME) }, custom: custom(INCOME) },
    { place: "leads:502", code: "used_twice", values: { other: "income", name: "Доход" } },
  ],
  [
    "a list without any match",
    { fields: { phone, education: toTarget(CHOICE) } },
    { place: "education", code: "options_unmatched", severity: "warning" },
  ],
  [
    "a word matched with a deleted option",
    { fields: { phone, education: toTarget(CHOICE) }, optionsOf: { education: { бакалавр: 1 } } },
    { place: "education", code: "options_changed" },
  ],
  [
    "a list that has changed",
    { custom: [{ key: "leads:501", target: { ...toTarget(CHOICE), options: [] }, label: wordy }] },
    { place: "leads:501", code: "options_changed" },
  ],
  [
    "a required field that is not on the form",
    {},
    { place: "leads:505", code: "required_unfilled", values: { name: "Город", stage: "Переговоры" } },
  ],
  ["a pipeline that is not there", { pipelineId: 99 }, { place: "pipeline", code: "pipeline_missing" }],
  ["no fallback field", { parkIn: null }, { place: "parkIn", code: "park_missing", severity: "warning" }],
  [
    "a fallback field for short texts",
    { parkIn: toTarget(OURS), reference: null },
    { place: "parkIn", code: "park_short", severity: "warning" },
  ],
  [
    "a fallback field that does not accept text",
    { parkIn: toTarget(INCOME) },
    { place: "parkIn", code: "type_unfit" },
  ],
  [
    "no reference",
    { reference: null },
    { place: "reference", code: "reference_missing", severity: "warning" },
  ],
  [
    "a reference that is not in Kommo any more",
    { reference: { entity: "leads", fieldId: 9 } },
    { place: "reference", code: "field_missing", severity: "error" },
  ],
  [
    "a reference of the contact",
    { reference: { ...toTarget(OURS), entity: "contacts" } },
    { place: "reference", code: "wrong_entity", values: { entity: "contacts" } },
  ],
  [
    "a reference in a field that takes no short text",
    { reference: toTarget(INCOME) },
    { place: "reference", code: "type_unfit", values: { type: "numeric" } },
  ],
  ["a reference that Kommo computes", { reference: toTarget(SUM) }, { place: "reference", code: "computed" }],
  [
    "a reference in the field of another value",
    { fields: { phone, profession: toTarget(OURS) }, reference: toTarget(OURS) },
    { place: "reference", code: "used_twice", values: { other: "profession", name: "Lead Desk ID" } },
  ],
  ["an empty name of the lead", { leadName: " " }, { place: "leadName", code: "lead_name_empty" }],
  ["an empty name of the form", { formName: "" }, { place: "formName", code: "name_empty" }],
  ["a page that is no address", { formPage: "leads/{id}" }, { place: "formPage", code: "form_page_unfit" }],
  [
    "a source without a value",
    { sources: [{ name: "Expo", value: "" }] },
    { place: "sources", code: "source_empty" },
  ],
  [
    "a source with the name of another",
    {
      sources: [
        { name: "Expo", value: "a" },
        { name: "b", value: "b", aliases: ["EXPO"] },
      ],
    },
    { place: "sources", code: "source_twice" },
  ],
])("%s is reported", (_, more, check) => {
  expect(checkMapping(aMapping(more), catalogue)).toContainEqual(expect.objectContaining(check));
});

test.each([
  [{ isArchived: true }, "pipeline_archived"],
  [{ takesIncoming: false }, "pipeline_without_incoming"],
])("a pipeline that is %o is reported", (changed, code) => {
  const pipelines = catalogue.pipelines.map((pipeline) => ({ ...pipeline, ...changed }));

  const found = checkMapping(aMapping(), { ...catalogue, pipelines });

  expect(found).toContainEqual(expect.objectContaining({ place: "pipeline", code }));
});

test.each(["text", "tracking_data"])("a reference of the type %s is told of nothing", (type) => {
  const field = aField({ id: 507, name: "Lead Desk ID", type });

  const found = checkMapping(aMapping({ reference: toTarget(field) }), aCatalogue({ add: [field] }));

  expect(found.filter(({ place }) => place === "reference")).toEqual([]);
});
