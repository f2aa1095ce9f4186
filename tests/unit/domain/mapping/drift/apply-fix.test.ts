import { expect, test } from "vitest";
import { checkMapping } from "@/lib/domain/mapping/check-mapping";
import { applyFix, listFixes } from "@/lib/domain/mapping/drift/apply-fix";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { toTarget } from "@/lib/domain/mapping/to-target";
import { aCatalogue, aField, aMapping, NOTES, PHONE } from "../../../../support/catalogues";

const JOB = aField({ name: "Профессия" });
const LEVEL = aField({
  name: "Образование",
  type: "select",
  options: [
    { id: 1, value: "Бакалавр", sort: 1, code: null },
    { id: 2, value: "Магистр", sort: 2, code: null },
  ],
});
const MAPPING = aMapping({
  fields: { phone: toTarget(PHONE), profession: toTarget(JOB), education: toTarget(LEVEL) },
  optionsOf: { education: { бакалавр: 1, вышка: 2 } },
});

/** Applies every fix that the drift proposes. */
function applyAllFixes(mapping: Mapping, catalogue: ReturnType<typeof aCatalogue>): Mapping {
  return findDrift(mapping, catalogue).reduce(
    (before, finding) => applyFix(finding, before, catalogue),
    mapping,
  );
}

test.each([
  ["a new name", aCatalogue({ add: [{ ...JOB, name: "Кем работает" }, LEVEL] })],
  ["a new type of the same field", aCatalogue({ add: [{ ...JOB, type: "textarea" }, LEVEL] })],
  ["a field deleted and created again", aCatalogue({ add: [{ ...JOB, id: 7777 }, LEVEL] })],
  [
    "an option with a new name",
    aCatalogue({
      add: [
        JOB,
        withOptions([
          { id: 1, value: "Бакалавриат" },
          { id: 2, value: "Магистр" },
        ]),
      ],
    }),
  ],
  [
    "an option deleted, another added",
    aCatalogue({
      add: [
        JOB,
        withOptions([
          { id: 1, value: "Бакалавр" },
          { id: 3, value: "Доктор" },
        ]),
      ],
    }),
  ],
  [
    "a stage that requires a field",
    aCatalogue({
      add: [JOB, LEVEL, aField({ name: "Город", requiredIn: [{ pipelineId: 10, stageId: 2 }] })],
    }),
  ],
])("%s is fixed by the proposed fix", (_, catalogue) => {
  expect(findDrift(MAPPING, catalogue)).not.toEqual([]);

  expect(findDrift(applyAllFixes(MAPPING, catalogue), catalogue)).toEqual([]);
});

test("the words of remaining options are kept, those of deleted ones are removed, and new ones get their own", () => {
  const catalogue = aCatalogue({
    add: [
      JOB,
      withOptions([
        { id: 1, value: "Бакалавр" },
        { id: 3, value: "Доктор" },
      ]),
    ],
  });

  expect(applyAllFixes(MAPPING, catalogue).optionsOf.education).toEqual({ бакалавр: 1, доктор: 3 });
});

test("accepting a new name keeps the kind of value that an admin chose", () => {
  const mapping = aMapping({ fields: { phone: { ...toTarget(PHONE), enumCode: "MOB" } } });
  const catalogue = aCatalogue({ fields: [{ ...PHONE, name: "Мобильный" }, NOTES] });

  expect(applyAllFixes(mapping, catalogue).fields.phone).toMatchObject({
    name: "Мобильный",
    enumCode: "MOB",
  });
});

test("a phone field that became a text field loses its kind of value", () => {
  const catalogue = aCatalogue({ fields: [{ ...PHONE, type: "text", code: null, options: [] }, NOTES] });

  const fixed = applyAllFixes(aMapping(), catalogue);

  expect(fixed.fields.phone).not.toHaveProperty("enumCode");
  expect(findDrift(fixed, catalogue)).toEqual([]);
});

test("the mapping is unchanged where a person has to choose", () => {
  const catalogue = aCatalogue({ add: [LEVEL] });

  expect(applyAllFixes(MAPPING, catalogue)).toEqual(MAPPING);
});

function withOptions(options: { id: number; value: string }[]) {
  return { ...LEVEL, options: options.map((option) => ({ ...option, sort: option.id, code: null })) };
}

test("a required field that is left to people in Kommo is not reported again", () => {
  const city = aField({ name: "Город", requiredIn: [{ pipelineId: 10, stageId: 2 }] });
  const catalogue = aCatalogue({ add: [JOB, LEVEL, city] });
  const [finding] = findDrift(MAPPING, catalogue);
  if (!finding) throw new Error("nothing was found");
  const [, second] = listFixes(finding);
  if (!second) throw new Error("there is one way only");

  const left = applyFix({ ...finding, fix: second }, MAPPING, catalogue);

  expect(left.custom).toEqual([]);
  expect(left.leftToKommo).toEqual([{ place: `leads:${city.id}`, name: "Город" }]);
  expect(findDrift(left, catalogue)).toEqual([]);
  expect(checkMapping(MAPPING, catalogue).map(toCode)).toContain("required_unfilled");
  expect(checkMapping(left, catalogue).map(toCode)).not.toContain("required_unfilled");
});

function toCode({ code }: { code: string }): string {
  return code;
}
