import { describe, expect, test } from "vitest";
import { toLeadKeys, toPhoneDigits, toWords } from "@/lib/domain/lead/search-keys";

const NOBODY = { name: null, surname: null, phone: null, phone_raw: null, telegram: null, email: null };

const spellings = [
  "+79001234567",
  "+7 900 123-45-67",
  "+7 900 123 45 67",
  "+7 (900) 123-45-67",
  "+7(900)1234567",
  "+7-900-123-45-67",
  "+7.900.123.45.67",
  "+7/900/1234567",
  "+ 7 900 123 45 67",
  "++79001234567",
  "+7 900 123–45–67",
  "+7 900 123 45 67",
  "+7 (8) 900 123-45-67",
  "+8 900 123-45-67",
  "+8 (900) 1234567",
  "89001234567",
  "8 900 123 45 67",
  "8 (900) 123-45-67",
  "8(900)1234567",
  "8-900-123-45-67",
  "8.900.123.45.67",
  "8 900 1234567",
  "8900 123-45-67",
  "8 9001234567",
  "8 9 0 0 1 2 3 4 5 6 7",
  "79001234567",
  "7 900 123 45 67",
  "7 (900) 123-45-67",
  "7-900-123-45-67",
  "9001234567",
  "900 123 45 67",
  "(900) 123-45-67",
  "900-123-45-67",
  "007 900 123 45 67",
  "00 7 900 1234567",
  "8107 900 123 45 67",
  "tel:+79001234567",
  "Тел. 8 900 123-45-67",
  "моб. 9001234567",
  "8 (900) 123-45-67, Иван",
  "８９００１２３４５６７",
  "wa.me/79001234567",
  "79001234567@c.us",
  " 8\t900 123 45 67 ",
];

describe("phones", () => {
  test.each(spellings)("%s is the same number", (spelling) => {
    expect(toPhoneDigits(spelling, "RU")).toBe("79001234567");
  });

  test.each([
    ["2125550187", "US", "12125550187"],
    ["0151 23456789", "DE", "4915123456789"],
    ["8 701 123 45 67", "KZ", "77011234567"],
    ["8 701 123 45 67", "RU", "77011234567"],
    ["+34 612 345 678", "RU", "34612345678"],
    ["34612345678", "RU", "34612345678"],
  ] as const)("%s typed in %s is %s", (text, country, digits) => {
    expect(toPhoneDigits(text, country)).toBe(digits);
  });

  test.each(["", "123", "495 123 45", "+7 900 123 45 6", "0000000000", "11111111111", "нет"])(
    "%s is not a phone number",
    (text) => {
      expect(toPhoneDigits(text, "RU")).toBeUndefined();
    },
  );

  test("an extension is not part of the number", () => {
    expect(toPhoneDigits("8 (495) 123-45-67 доб. 5", "RU")).toBe("74951234567");
  });

  test.each(["8 029 123-45-67", "067 123 45 67"])("%s is not made a number of Russia", (text) => {
    expect(toPhoneDigits(text, "RU")).toBeUndefined();
  });
});

describe("words", () => {
  test("case, accents, ё, apostrophes and hyphens are ignored, й is not", () => {
    expect(toWords("Ёлкин-ЙОД")).toEqual(["елкин", "йод"]);
    expect(toWords("O'Neil García ŁUKASZ İpek")).toEqual(["oneil", "garcia", "lukasz", "ipek"]);
    expect(toWords("Cергей")).toEqual(["сергей"]);
    expect(toWords("и\u0306од")).toEqual(toWords("йод"));
    expect(toWords("йод")).not.toEqual(toWords("иод"));
  });

  test("punctuation alone is not a word", () => {
    expect(toWords(" — 🙂 ")).toEqual([]);
  });
});

describe("keys", () => {
  test("each word of the name starts a key, in its own letters and in Latin ones", () => {
    expect(toLeadKeys({ ...NOBODY, name: "Анна Мария", surname: "Петрова" }, "RU")).toEqual([
      "n:анна мария петрова",
      "n:мария петрова анна",
      "n:петрова анна мария",
      "l:ana maria petrova",
      "l:maria petrova ana",
      "l:petrova ana maria",
    ]);
  });

  test("a phone has keys from both ends, and handles and e-mails are lower case", () => {
    const lead = { ...NOBODY, phone: "+79001234567", telegram: "@Ivan_77", email: "Ivan@Example.com" };

    expect(toLeadKeys(lead, "RU")).toEqual([
      "p:79001234567",
      "r:76543210097",
      "t:ivan_77",
      "e:ivan@example.com",
    ]);
  });

  test("a phone with an extension is found by its number, and by the number of its switchboard", () => {
    expect(toLeadKeys({ ...NOBODY, phone: "+74951234567,5" }, "RU")).toEqual([
      "p:74951234567x5",
      "b:74951234567",
      "r:76543215947",
    ]);
  });

  test("digits that are not a phone number have their own kind of key", () => {
    expect(toLeadKeys({ ...NOBODY, comment: "Перезвонить завтра!" }, "RU")).toEqual([
      "c:перезвонить завтра",
      "c:завтра перезвонить",
    ]);
    expect(toLeadKeys({ ...NOBODY, phone_raw: "12-34-56" }, "RU")).toEqual(["d:123456", "r:654321"]);
  });

  test("words typed as a handle or a phone make no key", () => {
    expect(toLeadKeys({ ...NOBODY, telegram: "нет", phone: "нет" }, "RU")).toEqual([]);
  });
});
