import { expect, test } from "vitest";
import { readTelegram } from "@/lib/domain/lead/telegram";

const names = ["ivan_77", "@ivan_77", "@ ivan_77", " @ivan_77 "];
const sites = ["t.me", "T.me", "telegram.me", "telegram.dog", "www.t.me", "http://t.me", "https://www.t.me"];
const tails = ["", "/", "?start=abc", "/?start=abc", "#top"];
const links = sites.flatMap((site) => tails.map((tail) => `${site}/ivan_77${tail}`));
const apps = [
  "tg://resolve?domain=ivan_77",
  "tg:resolve?domain=ivan_77",
  "tg://resolve?start=1&domain=ivan_77&x=2",
];

test.each([...names, ...links, ...apps, "https://t.me/@ivan_77", "t.me/%40ivan_77"])(
  "%s is @ivan_77",
  (text) => {
    expect(readTelegram(text)).toEqual({ kind: "handle", handle: "@ivan_77", isMixed: false });
  },
);

test.each([
  "@ivan_77,",
  "«@ivan_77»",
  "(@ivan_77)",
  "Telegram: @ivan_77",
  "тг - ivan_77",
  "https://t.me/ivan_77\u200b",
  "@ivan\u200d_77",
  "ivan_77.t.me",
  "https://ivan_77.t.me/",
  "t.me/s/ivan_77",
  "web.telegram.org/#@ivan_77",
  "https://web.telegram.org/k/#@ivan_77",
  "https://web.telegram.org/a/#@ivan_77",
])("%j is @ivan_77, whatever it is wrapped in", (text) => {
  expect(readTelegram(text)).toEqual({ kind: "handle", handle: "@ivan_77", isMixed: false });
});

test.each(["none", "None.", "нет", "null", "id123456789"])("%s is no handle", (text) => {
  expect(readTelegram(text)).toEqual({ kind: "other" });
});

test.each([
  "t.me/+79001234567",
  "https://t.me/79001234567",
  "https://t.me/%2B79001234567",
  "tg://resolve?phone=79001234567",
])("%s is a phone", (text) => {
  expect(readTelegram(text)).toEqual({ kind: "phone", phone: "+79001234567" });
});

test.each([
  ["@ivаn_77", "@ivan_77"],
  ["t.me/аnnа", "@anna"],
])("%s is flagged for its Cyrillic letters", (text, handle) => {
  expect(readTelegram(text)).toEqual({ kind: "handle", handle, isMixed: true });
});

test.each([
  "",
  "Иван",
  "Анна",
  "Вера",
  "сор",
  "+79001234567",
  "t.me/+AbCdEf",
  "t.me/joinchat/AbC",
  "t.me/x/12",
  "ivan p",
])("%j is neither", (text) => {
  expect(readTelegram(text)).toEqual({ kind: "other" });
});
