import { expect, test } from "vitest";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { toFirstMapping } from "@/lib/domain/mapping/to-first-mapping";
import { aCatalogue, aField } from "@/tests/support/catalogues";

const given = { pipelineId: undefined, defaultCountry: "RU", holdSeconds: 10 };

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
