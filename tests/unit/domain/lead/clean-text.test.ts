import { expect, test } from "vitest";
import { cleanContact, cleanLine, cleanLines } from "@/lib/domain/lead/clean-text";

const marks = [
  "\u00ad",
  "\u061c",
  "\u180e",
  "\u200b",
  "\u200c",
  "\u200d",
  "\u200e",
  "\u200f",
  "\u202a",
  "\u202e",
  "\u2060",
  "\u2066",
  "\u2069",
  "\ufe0d",
  "\ufe0e",
  "\ufe0f",
  "\ufeff",
  "\u{e0041}",
];

test.each(marks)("the invisible mark %j goes from words and contacts", (mark) => {
  expect(cleanLine(`${mark}Ив${mark}ан${mark}`)).toBe("Иван");
  expect(cleanContact(`${mark}+7 900${mark} 1`)).toBe("+7 900 1");
});

test.each(["👩‍👧", "❤️", "🏳️‍🌈", "می‌خواهم", "क्‍ष"])("%s keeps its joiners and colours", (text) => {
  expect(cleanLine(text)).toBe(text);
});

test.each(["\u200d\u2060", "\u3164", "\u2800", " \u0000 "])("%j is empty", (text) => {
  expect(cleanLine(text)).toBe("");
});

test.each([
  ["+९१ ९८७६५", "+91 98765"],
  ["٠١٩", "019"],
  ["𝟴𝟵", "89"],
  ["８９", "89"],
  ["8️⃣9️⃣", "89"],
  ["1\u20e3", "1"],
  ["᪉᪐", "90"],
])("the digits of %s are %s", (text, digits) => {
  expect(cleanContact(text)).toBe(digits);
});

test("lines stay apart", () => {
  expect(cleanLines(" a\u200b\r\nb\u0000 \r c ")).toBe("a\nb\nc");
});

test("no letter keeps more marks than a writing needs", () => {
  const flood = `a${"\u0301\u0323".repeat(5000)}`;

  expect(cleanLine(flood).normalize("NFD")).toHaveLength(31);
  expect(cleanContact(flood).normalize("NFD")).toHaveLength(31);
});
