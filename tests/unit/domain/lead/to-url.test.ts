import { expect, test } from "vitest";
import { toUrl } from "@/lib/domain/lead/url";

test.each([
  ["vk.com/id1", "https://vk.com/id1"],
  ["//vk.com/id1", "https://vk.com/id1"],
  ["example.com:8080/a", "https://example.com:8080/a"],
  ["http://example.com/?a=b#c", "http://example.com/?a=b#c"],
  [" https://example.com\u200b ", "https://example.com"],
  ["пример.рф/о-нас", "https://пример.рф/о-нас"],
])("%s is %s", (typed, url) => {
  expect(toUrl(typed)).toBe(url);
});

test.each([
  "javascript:alert(1)",
  "JaVaScript:alert(1)",
  "java\u200bscript:alert(1)//a.b",
  "data:text/html,a.b",
  "ftp://example.com",
  "mailto:a@b.co",
  "ivan@example.com",
  "file:///etc/passwd",
  "нет",
  "два слова.рф",
  "https://",
  "",
])("%j is no web address", (typed) => {
  expect(toUrl(typed)).toBeUndefined();
});
