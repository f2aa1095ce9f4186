import { expect, test } from "vitest";
import { isEmail, toEmail } from "@/lib/domain/lead/email";

test.each([
  "ivan@example.com",
  "ivan@example.com,",
  "ivan@example.com.",
  "mailto:ivan@example.com",
  "mailto:ivan@example.com?subject=Hi",
  "<ivan@example.com>",
  "«ivan@example.com»",
  "E-mail: ivan@example.com",
  "ivan@example.com\u200b",
  "\u200eivan@exam\u00adple.com",
  "ｉｖａｎ＠ｅｘａｍｐｌｅ．ｃｏｍ",
])("%j is ivan@example.com", (text) => {
  expect(toEmail(text)).toBe("ivan@example.com");
});

test.each(["иван@почта.рф", "info@münchen.example", "x@xn--80a1acny.xn--p1ai", "o'neil+1@a-b.co"])(
  "%s is an e-mail",
  (text) => {
    expect(isEmail(text)).toBe(true);
  },
);

test.each([
  "ivan@",
  "@ivan.com",
  "a@b",
  "a@b..co",
  "a..b@c.de",
  ".a@b.co",
  "a@b.c",
  "a@-b.co",
  "a b@c.de",
  "a@b@c.de",
  "a@b.1",
  `${"a".repeat(250)}@b.co`,
])("%s is none, and stays as typed", (text) => {
  expect(isEmail(text)).toBe(false);
  expect(toEmail(text)).toBe(text);
});
