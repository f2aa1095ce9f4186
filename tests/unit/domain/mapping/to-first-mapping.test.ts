import { describe, expect, test } from "vitest";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import {
  completeMapping,
  isBare,
  isEnough,
  toFirstMapping,
  toGivenMapping,
} from "@/lib/domain/mapping/to-first-mapping";
import { aCatalogue, aField } from "@/tests/support/catalogues";

const given = { pipelineId: undefined, defaultCountry: "RU", holdSeconds: 10 };
const VITAL = {
  phone: 1,
  telegram: 2,
  email: 3,
  source: 4,
  utm_medium: 5,
  utm_campaign: 6,
  utm_content: 7,
  utm_term: 8,
};

test("a phone that the settings send into a text says nothing of its kind, and has not drifted", () => {
  const text = aField({ entity: "contacts", name: "Номер" });
  const catalogue = aCatalogue({ add: [text] });

  const mapping = toFirstMapping(catalogue, { ...given, fieldIds: { phone: text.id } });

  expect(mapping?.fields.phone).toEqual({
    entity: "contacts",
    fieldId: text.id,
    type: "text",
    name: "Номер",
  });
  expect(mapping && findDrift(mapping, catalogue)).toEqual([]);
});

test("leads go into the first pipeline that takes incoming ones, when the main one does not", () => {
  const [main] = aCatalogue().pipelines.map((pipeline) => ({ ...pipeline, takesIncoming: false }));
  const [open] = aCatalogue().pipelines.map((pipeline) => ({ ...pipeline, id: 11, isMain: false }));
  const pipelines = [main, open].filter((pipeline) => pipeline !== undefined);

  const mapping = toFirstMapping(aCatalogue({ pipelines }), { ...given, fieldIds: {} });

  expect(mapping?.pipelineId).toBe(11);
});

test("an account without any such pipeline has none, unless the settings name one", () => {
  const catalogue = aCatalogue({ pipelines: [] });

  expect(toFirstMapping(catalogue, { ...given, fieldIds: {} })).toBeUndefined();
  expect(toFirstMapping(catalogue, { ...given, pipelineId: 7, fieldIds: {} })?.pipelineId).toBe(7);
});

test("a field of the settings that cannot take its value stays a bare id, and shows as drift", () => {
  const date = aField({ entity: "contacts", name: "Звонок", type: "date" });
  const catalogue = aCatalogue({ add: [date] });

  const mapping = toFirstMapping(catalogue, { ...given, fieldIds: { phone: date.id } });

  expect(mapping?.fields.phone).toEqual({ entity: "contacts", fieldId: date.id });
  expect(mapping && findDrift(mapping, catalogue)).toMatchObject([
    { kind: "field_unfit", place: "phone", values: { name: "Звонок", now: "date" }, breaks: true },
  ]);
});

test("a mapping of ids only gets its facts, keeps its ids, and is not bare any more", () => {
  const text = aField({ entity: "contacts", name: "Номер" });
  const bare = toGivenMapping(10, { ...given, fieldIds: { phone: text.id } });

  const mapping = completeMapping(bare, aCatalogue({ add: [text] }));

  expect([isBare(bare), isBare(mapping)]).toEqual([true, false]);
  expect(mapping).toMatchObject({
    pipelineName: "Воронка",
    timeZone: "Europe/Moscow",
    fields: { phone: { fieldId: text.id, name: "Номер" } },
  });
});

test.each(["phone", "telegram", "email", "source", "utm_medium", "utm_campaign", "utm_content", "utm_term"])(
  "settings without the field of %s are not enough",
  (field) => {
    expect(isEnough({ fieldIds: VITAL })).toBe(true);
    expect(isEnough({ fieldIds: { ...VITAL, [field]: undefined } })).toBe(false);
  },
);

describe("the reference of the first mapping", () => {
  const OURS = aField({ name: "Lead Desk ID" });
  const OTHER = aField({ name: "Reference" });
  const catalogue = aCatalogue({ add: [OTHER, OURS] });

  test("is the field named for it", () => {
    const mapping = toFirstMapping(catalogue, { ...given, fieldIds: {} });

    expect(mapping?.reference).toMatchObject({ fieldId: OURS.id, name: "Lead Desk ID", type: "text" });
  });

  test("is the field of the settings before any other, also once the catalogue completes it", () => {
    const bare = toGivenMapping(10, { ...given, fieldIds: { ...VITAL, reference: OTHER.id } });

    const completed = completeMapping(bare, catalogue);

    expect(isBare(bare)).toBe(true);
    expect(bare.reference).toEqual({ entity: "leads", fieldId: OTHER.id });
    expect(completed.reference).toMatchObject({ fieldId: OTHER.id, name: "Reference", type: "text" });
  });

  test("is never guessed from what people call it", () => {
    const mapping = toFirstMapping(aCatalogue({ add: [OTHER] }), { ...given, fieldIds: {} });

    expect(mapping?.reference).toBeNull();
  });
});
