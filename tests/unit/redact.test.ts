import { expect, test } from "vitest";
import { toTrace } from "@/lib/log";
import { redact } from "@/lib/redact";

test.each([
  ['invalid input "Иван" for x', "invalid input … for x"],
  ["Key (phone)=(+79001234567) exists", "Key (phone)… exists"],
  ["Key (phone)=(+7900 and no end", "Key (phone)…"],
  ["mail ivan@example.com, then @ivan_1", "mail …, then …"],
  ["call +7 900 123-45-67 now", "call … now"],
  [`token ${"a".repeat(30)}.${"b".repeat(30)}.c_d-e!`, "token …!"],
  ["Received: \nsecret", "Received: …"],
  ["Received: secret", "Received: …"],
  ["имя Пётр ok", "… … ok"],
])("%j is written as %j", (text, redacted) => {
  expect(redact(text)).toBe(redacted);
});

test.each(["a", "a-", "=(", "1 (", '"', "'", "@", "a@", "ё"])(
  "of 64 KB of %j a line's length is left",
  (part) => {
    expect(redact(part.repeat(32_768)).length).toBeLessThanOrEqual(2001);
  },
);

test("an error that quotes a whole request is a short line, and its words are no frames", () => {
  const error = new Error(`x ${"\n    at ivan (secret.ts:1:1)".repeat(5000)}`);

  const trace = toTrace(error);

  expect(JSON.stringify(trace).length).toBeLessThan(12_000);
  expect(JSON.stringify(Object(trace).frames)).not.toContain("secret.ts");
});

test("an error that causes itself ends", () => {
  const error: Error = new Error("x");
  error.cause = error;

  expect(JSON.stringify(toTrace(error)).match(/"cause"/g)).toHaveLength(4);
});
