import { expect, test } from "vitest";
import { toContact, toContactHash } from "@/lib/privacy/to-contact";

test("an erased phone is recognised with another extension and without one", () => {
  const hashes = ["8 495 123-45-67 доб. 5", "+74951234567,6", "+7 495 123-45-67"].map((text) =>
    toContactHash(toContact(text, "RU"), "x".repeat(40)),
  );

  expect(new Set(hashes).size).toBe(1);
});

test.each([
  ["\u200e8 495 123-45-67 доб. 5", { kind: "phone", value: "+74951234567,5" }],
  ["«@Ivan_P»", { kind: "telegram", value: "@ivan_p" }],
  ["mailto:Ivan@Example.com", { kind: "email", value: "ivan@example.com" }],
  ["иван@почта.рф", { kind: "email", value: "иван@почта.рф" }],
])("%j is looked for as what it holds", (text, contact) => {
  expect(toContact(text, "RU")).toEqual(contact);
});
