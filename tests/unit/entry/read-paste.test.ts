import { expect, test } from "vitest";
import { fitPaste, isPlain, readPaste, toOwnText } from "@/components/entry/paste/read-paste";
import { aLead } from "@/tests/support/builders";
import { someRules } from "@/tests/support/forms";

const rules = someRules();
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

test.each([
  ["phone", "\u200e+7 900 123-45-68\u200e", "+79001234568"],
  ["phone", "моб.: 8-900-123-45-68", "+79001234568"],
  ["phone", "79001234579.0", "+79001234579"],
  ["telegram", "«@ivan_p»", "@ivan_p"],
  ["telegram", "https://t.me/ivan_p\u200b", "@ivan_p"],
  ["telegram", "web.telegram.org/#@ivan_p", "@ivan_p"],
  ["email", "ivan@exam\u200bple.com,", "ivan@example.com"],
  ["email", "mailto:ivan@example.com", "ivan@example.com"],
] as const)("into an empty field %s, %j is pasted as %s", (field, text, pasted) => {
  expect(isPlain(readPaste(text, rules, []), field)).toBe(true);
  expect(toOwnText(text, field, rules)).toBe(pasted);
});

test("words that are no contact are pasted as they are, without what cannot be seen", () => {
  expect(toOwnText("ivan_\u200bp", "telegram", rules)).toBe("ivan_p");
  expect(toOwnText("Иван\u00ad", "name", rules)).toBe("Иван");
});

test("a text that is too long goes into no field, not even its own", () => {
  const read = readPaste("8 900 123-45-68 ".repeat(1000), rules, []);

  expect(read).toMatchObject({ fields: [], leftovers: [], isTooLong: true });
  expect(isPlain(read, "phone")).toBe(false);
});

test("what the form does not ask for is a leftover", () => {
  const read = readPaste("Иван Петров +7 900 123-45-67 120к", { ...rules, hidden: ["income"] }, []);

  expect(read.fields.map(({ field }) => field)).toEqual(["phone", "name", "surname"]);
  expect(read.leftovers).toEqual(["120000"]);
});

test("a pasted word chooses the option of a list, and does not replace one that was chosen", () => {
  const list = {
    key: "leads:502",
    kind: "select" as const,
    options: [{ id: 701, value: "Высшее" }],
    former: [],
    label: { en: "", ru: "" },
    help: { en: "", ru: "" },
    required: false,
    own: { field: "education" as const, words: { вуз: 702 } },
  };
  const withList = { ...rules, hidden: ["education" as const], custom: [list] };
  const read = (word: string) => readPaste(`Иван, образование: ${word}`, withList, []);

  expect(read("высшее").choices).toEqual([{ key: "leads:502", id: "701", value: "высшее" }]);
  expect(read("вуз").choices).toMatchObject([{ id: "702" }]);
  expect(read("пту")).toMatchObject({ choices: [], leftovers: ["пту"] });
  const chosen = { ...nobody, custom: { "leads:502": "702" } };
  expect(fitPaste(read("высшее"), chosen, {})).toMatchObject({ chosen: [], leftovers: ["высшее"] });
});
