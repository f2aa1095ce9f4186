import { expect, test } from "vitest";
import { toNameCase } from "@/lib/domain/lead/name-case";

test.each([
  ["МАРИЯ", "Мария"],
  ["олег ким", "Олег Ким"],
  ["анна-мария", "Анна-Мария"],
  ["MARY O'NEIL", "Mary O'Neil"],
  ["VAN DER BERG", "van der Berg"],
  ["фон берг", "фон Берг"],
  ["аль-хашими", "аль-Хашими"],
  ["ᲒᲘᲝᲠᲒᲘ", "გიორგი"],
])("%s is meant as %s", (typed, meant) => {
  expect(toNameCase(typed)).toBe(meant);
});

test.each(["Мария", "McDonald", "de la Cruz", "K", "李明", "გიორგი ბერიძე", "O'Neil"])(
  "%s is as it should be",
  (name) => {
    expect(toNameCase(name)).toBe(name);
  },
);
