import { expect, test } from "vitest";
import { toTelegram } from "@/lib/domain/lead/telegram";

test.each([
  "ivan_77",
  "@ivan_77",
  "t.me/ivan_77",
  "https://t.me/ivan_77",
  "http://www.t.me/ivan_77?start=1",
  "telegram.me/ivan_77/",
  "tg://resolve?domain=ivan_77",
  "tg://resolve?domain=ivan_77&start=1",
])("%s is @ivan_77", (text) => {
  expect(toTelegram(text)).toBe("@ivan_77");
});

test.each([
  "",
  "Иван",
  "+79001234567",
  "https://t.me/+AbCdEf",
  "ivan petrov",
  "@7ivan",
  "abc",
  "ivan/petrov",
  "https://t.me/joinchat/AbCdEf",
  "t.me/ivan_77/12",
])("%j stays as typed", (text) => {
  expect(toTelegram(text)).toBe(text);
});
