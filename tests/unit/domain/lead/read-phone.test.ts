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

test.each([
  ["\u200e+7 900 123-45-68\u200e", "+79001234568"],
  ["tel:+79001234568", "+79001234568"],
  ["p:+79001234568", "+79001234568"],
  ["'+79001234568", "+79001234568"],
  ["89001234568;", "+79001234568"],
  ["8 900 123-45-68,", "+79001234568"],
  ["моб.: 8-900-123-45-68", "+79001234568"],
  ["79001234579.0", "+79001234579"],
  ["8\u00ad900\u200b1234568", "+79001234568"],
  ["+९१ ९८७६५ ४३२१०", "+919876543210"],
  ["𝟴 𝟵𝟬𝟬 𝟭𝟮𝟯 𝟰𝟱 𝟲𝟴", "+79001234568"],
  ["8️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣8️⃣", "+79001234568"],
  ["+1\ufe0d 415 555 2671", "+14155552671"],
  ["wa.me/79001234568", "+79001234568"],
])("%j is the number %s", (text, e164) => {
  expect(readPhone(text, "RU")).toMatchObject({ e164, extension: null, problem: null });
});

test.each([
  ["+7 495 123-45-67 доб. 123", "RU", "+74951234567", "123"],
  ["8 (495) 123-45-67 вн. 12", "RU", "+74951234567", "12"],
  ["495 123-45-67 (доб. 12)", "RU", "+74951234567", "12"],
  ["+74951234567,123", "RU", "+74951234567", "123"],
  ["+74951234567;ext=123", "RU", "+74951234567", "123"],
  ["212-555-0187 ext 5", "US", "+12125550187", "5"],
  ["212-555-0187 #5", "US", "+12125550187", "5"],
  ["212-555-0187 x77", "US", "+12125550187", "77"],
  ["(11) 3456-7890 ramal 21", "BR", "+551134567890", "21"],
])("%s has an extension", (text, home, e164, extension) => {
  expect(readPhone(text, home)).toMatchObject({ e164, extension, problem: null });
});

test("an extension is shown behind the number, in the words of its country", () => {
  expect(readPhone("84951234567 вн. 5", "RU").shown).toBe("+7 495 123-45-67 доб. 5");
  expect(readPhone("212 555 0187 ext 5", "US").shown).toBe("+1 212 555 0187 ext. 5");
});

test.each([
  ["+52 1 55 1234 5678", "RU", "+525512345678"],
  ["wa.me/5215512345678", "RU", "+525512345678"],
  ["044 55 1234 5678", "MX", "+525512345678"],
  ["+54 11 15 2345-6789", "RU", "+5491123456789"],
  ["+55 11 8765-4321", "RU", "+5511987654321"],
  ["11 8765-4321", "BR", "+5511987654321"],
  ["+225 07 12 34 56", "RU", "+2250707123456"],
  ["+225 44 12 34 56", "RU", "+2250544123456"],
])("%s, with a prefix of earlier years, is %s today", (text, home, e164) => {
  expect(readPhone(text, home)).toMatchObject({ e164, problem: null });
});

test.each([
  ["8 029 123-45-67", "RU", { country: "BY", shown: "+375 29 123 45 67" }],
  ["067 123 45 67", "RU", { country: "UA", shown: "+380 67 123 4567" }],
])("%s is no number of %s: it stays as typed, and the likely country is offered", (text, home, likely) => {
  expect(readPhone(text, home)).toMatchObject({ e164: null, shown: text, problem: "not_in_use", likely });
});
