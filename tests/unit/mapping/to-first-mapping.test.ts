import { expect, test } from "vitest";
import { findDrift } from "@/lib/mapping/find-drift";
import { toFirstMapping } from "@/lib/mapping/to-first-mapping";
import { aCatalogue, aField } from "@/tests/support/catalogues";

const given = { pipelineId: undefined, defaultCountry: "RU", holdSeconds: 10 };

test("a phone that the settings send into a text says nothing of its kind, and has not drifted", () => {
  const text = aField({ entity: "contacts", name: "Номер" });
  const catalogue = aCatalogue({ add: [text] });

  const mapping = toFirstMapping(catalogue, { ...given, fieldIds: { phone: text.id } });

  expect(mapping.fields.phone).toEqual({
    entity: "contacts",
    fieldId: text.id,
    type: "text",
    name: "Номер",
  });
  expect(findDrift(mapping, catalogue)).toEqual([]);
});
