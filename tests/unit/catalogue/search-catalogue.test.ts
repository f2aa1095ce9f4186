import { expect, test } from "vitest";
import { search, toIndex } from "@/components/catalogue/search-catalogue";
import { aCatalogue, aField, PHONE } from "../../support/catalogues";

const LEVEL = aField({
  id: 1711074,
  name: "Образование",
  type: "select",
  options: [{ id: 990320, value: "Бакалавр", sort: 1, code: null }],
});
const index = toIndex(aCatalogue({ add: [LEVEL] }));

function leadFieldsFor(query: string): string[] {
  return search(index, query).leads.map(({ name }) => name);
}

test.each(["образ", "1711074", "бакалавр", "990320", "ОБРАЗОВАНИЕ select"])("%s finds the field", (query) => {
  expect(leadFieldsFor(query)).toEqual(["Образование"]);
});

test("a code finds the contact's field and no lead field", () => {
  expect(search(index, "phone").contacts).toEqual([PHONE]);
  expect(leadFieldsFor("phone")).toEqual([]);
});

test("a stage finds its pipeline", () => {
  expect(search(index, "переговоры").pipelines).toHaveLength(1);
});

test("spaces alone find everything", () => {
  expect(leadFieldsFor("  ")).toHaveLength(2);
});
