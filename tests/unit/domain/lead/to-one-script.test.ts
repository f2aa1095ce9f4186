import { expect, test } from "vitest";
import { toOneScript } from "@/lib/domain/lead/one-script";

// The second letter of each pair is of the other script.
test.each([
  ["Cергей", "Сергей"],
  ["Bасилий Пeтров", "Василий Петров"],
  ["Анна-Mария", "Анна-Мария"],
  ["Ѕmith", "Smith"],
  ["Mаria", "Maria"],
  ["Oлег", "Олег"],
  ["Cора", "Сора"],
])("%s is %s", (mixed, whole) => {
  expect(toOneScript(mixed)).toBe(whole);
});

test.each(["Сергей", "Sergey", "Анна Smith", "Иvан", "李明", "", "A"])("%j stays as it is", (text) => {
  expect(toOneScript(text)).toBe(text);
});
