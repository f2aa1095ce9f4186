import { expect, test } from "vitest";
import { fitPaste, isPlain, readPaste } from "@/components/entry/paste/read-paste";
import { aLead } from "@/tests/support/builders";

const rules = {
  custom: [],
  retired: [],
  sources: [],
  isFreeSource: true,
  defaultCountry: "RU",
  holdSeconds: 10,
};
const nobody = aLead({ name: "", phone: "" });

test("a line is read into its fields, with the sources that people use", () => {
  const read = readPaste("Иван Петров +7 900 123-45-67 из Expo", rules, ["Expo"]);

  const { free } = fitPaste(read, nobody, {});
  expect(Object.fromEntries(free.map(({ field, value }) => [field, value]))).toMatchObject({
    name: "Иван",
    surname: "Петров",
    source: "Expo",
  });
});

test("what a person typed is not overwritten: the pasted word is a leftover", () => {
  const read = readPaste("Иван Петров +7 900 123-45-67", rules, []);

  const { free, leftovers } = fitPaste(read, { ...nobody, name: "Пётр" }, {});

  expect(free.map(({ field }) => field)).not.toContain("name");
  expect(leftovers).toContain("Иван");
});

test("a prefilled source gives way to a pasted one", () => {
  const read = readPaste("Иван Петров +7 900 123-45-67 из Expo", rules, ["Expo"]);

  const { free } = fitPaste(read, { ...nobody, source: "Instagram" }, { source: "Instagram" });

  expect(free).toContainEqual({ field: "source", value: "Expo" });
});

test("a value pasted into its own field is plain, a contact pasted into another is not", () => {
  const phone = readPaste("+7 900 123-45-67", rules, []);

  expect(isPlain(phone, "phone")).toBe(true);
  expect(isPlain(phone, "name")).toBe(false);
  expect(isPlain(phone, undefined)).toBe(false);
});
