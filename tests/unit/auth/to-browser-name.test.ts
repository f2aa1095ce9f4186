import Bowser from "bowser";
import { expect, test } from "vitest";
import { toBrowserName } from "@/lib/auth/to-browser-name";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

test.each([
  [`${WINDOWS} Chrome/130.0.0.0 Safari/537.36`, "Chrome, Windows"],
  [`${WINDOWS} Chrome/128.0.0.0 YaBrowser/24.10.0.0 Safari/537.36`, "Yandex Browser, Windows"],
  [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, "Safari, iOS"],
  ["My Windows Thing/1.0", "Windows"],
  ["curl/8.5.0", null],
  ["", null],
  [null, null],
])("%s is called %s", (userAgent, name) => {
  expect(toBrowserName(userAgent)).toBe(name);
});

test.each([
  ["Your bank: call +7 900 123-45-67/1.0 (Windows NT 10.0)", "Windows"],
  ["<script>alert(1)</script>/1.0 (x)", null],
  ["__proto__/1.0 (x)", null],
  [`${"A".repeat(9000)}/1.0 (Windows NT 10.0)`, null],
  [`${"Macintosh FxiOS".repeat(600)}(/`, "Firefox, macOS"],
])("an unknown user agent has no name: %.40s", (userAgent, name) => {
  expect(toBrowserName(userAgent)).toBe(name);
});

test("names are at most 60 characters long", () => {
  const longest = (names: Record<string, string>) =>
    Math.max(...Object.values(names).map((name) => name.length));

  expect(longest(Bowser.BROWSER_MAP) + ", ".length + longest(Bowser.OS_MAP)).toBeLessThanOrEqual(60);
});
