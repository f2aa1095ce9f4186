import { expect, test } from "vitest";
import { toPhone } from "@/lib/domain/lead/phone";

test.each(["+7 900 123-45-67", "8 (900) 123-45-67", "9001234567", "7 900 123 45 67", "8-900-1234567"])(
  "%s is +79001234567 in Russia",
  (text) => {
    expect(toPhone(text, "RU")).toBe("+79001234567");
  },
);

test("a number with a country code ignores the default country", () => {
  expect(toPhone("+34 612 34 56 78", "RU")).toBe("+34612345678");
});

test.each(["", "позвонить вечером", "12", "Вася 89001234567 вечером"])("%j stays as typed", (text) => {
  expect(toPhone(text, "RU")).toBe(text);
});
