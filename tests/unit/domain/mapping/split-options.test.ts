import { expect, test } from "vitest";
import { splitOptions } from "@/lib/domain/mapping/split-options";

const OPTIONS = ["Toys", "Toys, small", "Books, maps, plans", "Maps"];
const find = (words: string) => OPTIONS.find((option) => option === words.trim());

test.each([
  ["Toys", ["Toys"]],
  ["Toys, small", ["Toys, small"]],
  ["Toys,Maps", ["Toys", "Maps"]],
  ["Maps, Books, maps, plans,Toys, small, Toys", ["Maps", "Books, maps, plans", "Toys, small", "Toys"]],
  ["Toys, large", undefined],
  ["Toys, ", undefined],
  ["", undefined],
])("%j is %j", (text, chosen) => {
  expect(splitOptions(text, OPTIONS, find)).toEqual(chosen);
});

test("a list without options holds nothing", () => {
  expect(splitOptions("Toys", [], () => undefined)).toBeUndefined();
});
