import { expect, test } from "vitest";
import { toPhone, toShownPhone } from "@/lib/domain/lead/phone";
import { toBareNumber, withExtension } from "@/lib/domain/lead/phone-extension";

test.each(["+7 900 123-45-67", "8 (900) 123-45-67", "9001234567", "7 900 123 45 67", "8-900-1234567"])(
  "%s is +79001234567 in Russia",
  (text) => {
    expect(toPhone(text, "RU")).toBe("+79001234567");
  },
);

test("a number with a country code ignores the default country", () => {
  expect(toPhone("+34 612 34 56 78", "RU")).toBe("+34612345678");
});

test("an extension follows a comma, in whatever way it was typed", () => {
  const typed = ["+7 495 123-45-67 доб. 123", "84951234567,123", "8 (495) 1234567 вн. 123"];
  for (const text of [...typed, "+7 495 123-45-67, 123", "84951234567 р. 123", "84951234567 ~ 123"])
    expect(toPhone(text, "RU")).toBe("+74951234567,123");
});

test.each(["", "позвонить вечером", "12", "Вася 89001234567 вечером", "8 029 123-45-67", "067 123 45 67"])(
  "%j stays as typed",
  (text) => {
    expect(toPhone(text, "RU")).toBe(text);
  },
);

test.each(["+74951234567,123", "+74951234567;ext=123", "+74951234567 ext. 123", "+74951234567"])(
  "people are compared by the number of %s alone",
  (phone) => {
    expect(toBareNumber(phone)).toBe("+74951234567");
  },
);

test.each([
  ["comma", "+74951234567,123"],
  ["tel", "+74951234567;ext=123"],
  ["words", "+74951234567 ext. 123"],
] as const)("in the form %s it is sent as %s", (form, sent) => {
  expect(withExtension("+74951234567,123", form)).toBe(sent);
  expect(withExtension("+74951234567", form)).toBe("+74951234567");
  expect(withExtension("спросить, 123", form)).toBe("спросить, 123");
});

test.each([
  ["+79001234567", "+7 900 123-45-67"],
  ["+74951234567,123", "+7 495 123-45-67 доб. 123"],
  ["+34612345678", "+34 612 34 56 78"],
  ["067 123 45 67", "067 123 45 67"],
])("the saved phone %s is shown as %s", (phone, shown) => {
  expect(toShownPhone(phone)).toBe(shown);
});
