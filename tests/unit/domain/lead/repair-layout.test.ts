import { expect, test } from "vitest";
import { repairLayout } from "@/lib/domain/lead/keyboard-layout";
import names from "@/tests/fixtures/names.json";

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю";

function type(name: string, from: string, to: string): string {
  return Array.from(name.toLowerCase(), (letter) => to[from.indexOf(letter)] ?? letter).join("");
}

test.each([
  ["bdfy", "иван"],
  ["Gtnhjd", "Петров"],
  ["jkmuf cvbhyjdf", "ольга смирнова"],
  ["F,hfvjdf", "Абрамова"],
  ["руддщ", "hello"],
  ["Шмфт", "Ivan"],
])("%s is corrected to %s", (typed, meant) => {
  expect(repairLayout(typed)).toBe(meant);
});

test.each([
  "",
  "Ng",
  "Ли",
  "Nguyen",
  "O'Brien",
  "D’Angelo",
  "Krzysztof",
  "Łukasz",
  "Björk",
  "Цой",
  "Айгуль",
  "Хуан",
  "St. John",
  "李",
])("%j is not in the wrong layout", (name) => {
  expect(repairLayout(name)).toBeUndefined();
});

test("none of two hundred real names in Latin, Russian and Ukrainian letters is questioned", () => {
  const real = [...names.latin, ...names.cyrillic, ...names.ukrainian];

  const questioned = real.filter((name) => repairLayout(name) !== undefined);

  expect(questioned.length / real.length).toBeLessThanOrEqual(0.005);
});

test("nine in ten names typed in the wrong layout are corrected", () => {
  const russian = names.cyrillic.map((name) => name.toLowerCase());
  const english = names.latin.map((name) => name.toLowerCase()).filter((name) => /^[a-z]{3,}$/.test(name));

  const repaired = [
    ...russian.filter((name) => repairLayout(type(name, CYRILLIC, LATIN)) === name),
    ...english.filter((name) => repairLayout(type(name, LATIN, CYRILLIC)) === name),
  ];

  expect(repaired.length / (russian.length + english.length)).toBeGreaterThanOrEqual(0.9);
});
