import { expect, test } from "vitest";
import type { Catalogue, Field } from "@/lib/domain/mapping/catalogue";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { withCurrentFacts } from "@/lib/domain/mapping/drift/with-current-facts";
import { findBlockers } from "@/lib/domain/mapping/payload/to-target-values";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aLeadToSend } from "@/tests/support/builders";
import { aCatalogue, aField, aMapping, NOTES, PHONE } from "@/tests/support/catalogues";

const CHOICE = aField({
  id: 501,
  name: "Способ связи",
  type: "select",
  options: ["Звонок", "Почта"].map((value, index) => ({ id: 700 + index, value, sort: index, code: null })),
});
const INCOME = aField({ id: 502, name: "Доход", type: "numeric" });

const OURS = aField({ id: 504, name: "Lead Desk ID" });

const before = aCatalogue({ add: [CHOICE, INCOME, OURS] });
const published = withCurrentFacts(
  aMapping({
    fields: { phone: toTarget(PHONE), income: toTarget(INCOME) },
    reference: toTarget(OURS),
    custom: [{ key: "leads:501", target: toTarget(CHOICE), label: { en: "Contact", ru: "Связь" } }],
  }),
  before,
);

function change(id: number, changed: Partial<Field> | null): Catalogue {
  const fields = before.fields.flatMap((field) => {
    if (field.id !== id) return [field];
    return changed ? [{ ...field, ...changed }] : [];
  });
  return { ...before, fields };
}

function changePipeline(changed: object): Catalogue {
  return { ...before, pipelines: before.pipelines.map((pipeline) => ({ ...pipeline, ...changed })) };
}

const SECOND = { ...before.pipelines[0], id: 11, name: "Вторая", isMain: true };
const [CALL] = CHOICE.options;

test.each<[string, Catalogue, object]>([
  [
    "a deleted field",
    change(502, null),
    {
      kind: "field_deleted",
      place: "income",
      values: { name: "Доход" },
      fix: { kind: "choose_field" },
      breaks: true,
    },
  ],
  [
    "a field deleted and created again under its name",
    { ...change(502, null), fields: [...change(502, null).fields, { ...INCOME, id: 900_502 }] },
    { kind: "field_deleted", fix: { kind: "use_field", target: { fieldId: 900_502 } }, breaks: true },
  ],
  [
    "a field that moved to another entity",
    change(502, { entity: "contacts" }),
    { kind: "field_moved", values: { entity: "contacts" }, breaks: true },
  ],
  [
    "a renamed field",
    change(502, { name: "Зарплата" }),
    {
      kind: "field_renamed",
      values: { name: "Доход", now: "Зарплата" },
      fix: { kind: "accept" },
      breaks: false,
    },
  ],
  [
    "a field of another type",
    change(502, { type: "date" }),
    { kind: "field_retyped", values: { before: "numeric", now: "date" }, breaks: true },
  ],
  [
    "a field of another type that takes the same values",
    change(502, { type: "monetary" }),
    { kind: "field_retyped", breaks: false },
  ],
  [
    "a field that Kommo now computes",
    change(502, { isComputed: true }),
    { kind: "field_computed", breaks: true },
  ],
  [
    "a deleted kind of phone",
    change(467700, { options: PHONE.options.filter(({ code }) => code !== "WORK") }),
    {
      kind: "enum_gone",
      place: "phone",
      values: { enumCode: "WORK" },
      fix: { kind: "use_field", target: { enumCode: "MOB" } },
      breaks: true,
    },
  ],
  [
    "a deleted option",
    change(501, { options: CHOICE.options.slice(1) }),
    {
      kind: "option_deleted",
      place: "leads:501",
      values: { option: "Звонок", optionId: 700 },
      fix: { kind: "match_options" },
      breaks: true,
    },
  ],
  [
    "a renamed option",
    change(501, {
      options: CHOICE.options.map((option) => (option === CALL ? { ...option, value: "Позвонить" } : option)),
    }),
    { kind: "option_renamed", values: { option: "Звонок", now: "Позвонить" }, breaks: false },
  ],
  [
    "a new option",
    change(501, { options: [...CHOICE.options, { id: 799, value: "WhatsApp", sort: 9, code: null }] }),
    { kind: "option_added", values: { option: "WhatsApp", optionId: 799 }, breaks: false },
  ],
  [
    "a deleted pipeline",
    changePipeline(SECOND),
    {
      kind: "pipeline_deleted",
      values: { name: "Воронка" },
      fix: { kind: "use_pipeline", pipelineId: 11 },
      breaks: true,
    },
  ],
  [
    "an archived pipeline",
    changePipeline({ isArchived: true }),
    { kind: "pipeline_archived", fix: { kind: "choose_pipeline" }, breaks: true },
  ],
  [
    "a pipeline without its incoming stage",
    changePipeline({ takesIncoming: false }),
    { kind: "pipeline_without_incoming", breaks: true },
  ],
  [
    "a renamed pipeline",
    changePipeline({ name: "Продажи" }),
    { kind: "pipeline_renamed", values: { name: "Воронка", now: "Продажи" }, breaks: false },
  ],
  [
    "a field that a stage now requires",
    {
      ...before,
      fields: [
        ...before.fields,
        aField({ id: 503, name: "Город", requiredIn: [{ pipelineId: 10, stageId: 2 }] }),
      ],
    },
    {
      kind: "required_in_stage",
      place: "leads:503",
      values: { name: "Город", stage: "Переговоры" },
      fix: { kind: "put_on_form", target: { fieldId: 503 } },
      breaks: false,
    },
  ],
  [
    "a deleted fallback field",
    change(NOTES.id, null),
    { kind: "park_deleted", place: "parkIn", breaks: true },
  ],
  [
    "a fallback field that no longer accepts text",
    change(NOTES.id, { type: "numeric" }),
    { kind: "park_retyped", breaks: true },
  ],
  [
    "a deleted reference field",
    change(OURS.id, null),
    {
      kind: "reference_deleted",
      place: "reference",
      values: { name: "Lead Desk ID" },
      fix: { kind: "choose_field" },
      breaks: true,
    },
  ],
  [
    "a reference field that takes no short text any more",
    change(OURS.id, { type: "numeric" }),
    { kind: "reference_retyped", place: "reference", values: { now: "numeric" }, breaks: true },
  ],
])("%s is one finding, with what would mend it", (_, catalogue, finding) => {
  expect(findDrift(published, catalogue)).toEqual([expect.objectContaining(toMatcher(finding))]);
});

test("an unchanged account has no drift", () => {
  expect(findDrift(published, before)).toEqual([]);
});

test("a reference field that takes the id as before is none, whatever it is called", () => {
  const changed = change(OURS.id, { type: "tracking_data", name: "Lead Desk" });

  expect(findDrift(published, changed)).toEqual([]);
});

test("a reference field that a stage wants is filled by us", () => {
  const requiredIn = [{ pipelineId: 10, stageId: 2 }];

  expect(findDrift({ ...published, knownRequired: [] }, change(OURS.id, { requiredIn }))).toEqual([]);
});

test("a broken reference field keeps no lead back", () => {
  const drift = findDrift(published, change(OURS.id, null));

  expect(findBlockers(aLeadToSend({ phone: "+79001234567" }), published, drift)).toEqual([]);
});

/** Objects within count as a part of what is found. */
function toMatcher(expected: object): object {
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [
      key,
      typeof value === "object" ? expect.objectContaining(toMatcher(value)) : value,
    ]),
  );
}

test.each([
  ["field", { kind: "field", id: String(PHONE.id), entity: "contacts", parentId: null }, { fields: [NOTES] }],
  [
    "field without an id",
    { kind: "field", id: null, entity: "contacts", parentId: null },
    { fields: [NOTES] },
  ],
  ["pipeline", { kind: "pipeline", id: "10", entity: null, parentId: null }, { pipelines: [] }],
] as const)("a %s that was not understood is not gone", (_, skipped, catalogue) => {
  const changed = aCatalogue({
    fields: [...("fields" in catalogue ? catalogue.fields : [PHONE, NOTES])],
    ...("pipelines" in catalogue && { pipelines: [] }),
  });

  expect(findDrift(aMapping(), changed)).not.toEqual([]);
  expect(findDrift(aMapping(), { ...changed, skipped: [skipped] })).toEqual([]);
});
