import { expect, test } from "vitest";
import { readPhone } from "@/lib/domain/lead/phone";

const spellings = [
  "+7 900 123-45-67",
  "8 (900) 123-45-67",
  "9001234567",
  "7 900 123 45 67",
  "+8 900 123 45 67",
  "007 900 123 45 67",
  " 8-900-1234567 ",
];

test.each(spellings)("%s is one number in Russia and in Kazakhstan", (text) => {
  for (const country of ["RU", "KZ"] as const) {
    expect(readPhone(text, country)).toMatchObject({
      e164: "+79001234567",
      shown: "+7 900 123-45-67",
      problem: null,
    });
  }
});

test.each([
  ["8 701 234 56 78", "+77012345678"],
  ["+7 (701) 234-56-78", "+77012345678"],
])("%s is a Kazakh number", (text, e164) => {
  expect(readPhone(text, "KZ")).toMatchObject({ e164, country: "KZ", problem: null });
});

test.each([
  ["+34 612 34 56 78", "ES"],
  ["0034 612 34 56 78", "ES"],
  ["+55 11 91234-5678", "BR"],
  ["+44 20 7946 0958", "GB"],
])("%s keeps its own country in Russia", (text, country) => {
  expect(readPhone(text, "RU")).toMatchObject({ country, problem: null });
});

test.each([
  ["+7 900 123-45-6", "too_short"],
  ["12", "too_short"],
  ["+7 900 123-45-678", "too_long"],
  ["+999 123 456 789", "unknown_country"],
  ["+7 100 123-45-67", "not_in_use"],
  ["позвонить вечером", "no_number"],
])("%s may not work: %s", (text, problem) => {
  expect(readPhone(text, "RU").problem).toBe(problem);
});

test("an impossible number stays as typed", () => {
  expect(readPhone("+7 900 12", "RU")).toMatchObject({ e164: null, shown: "+7 900 12" });
});
