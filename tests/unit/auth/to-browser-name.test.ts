import { expect, test } from "vitest";
import { toBrowserName } from "@/lib/auth/to-browser-name";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

test.each([
  [CHROME, "Chrome, Windows"],
  ["curl/8.5.0", null],
  ["", null],
  [null, null],
])("%s is called %s", (userAgent, name) => {
  expect(toBrowserName(userAgent)).toBe(name);
});
