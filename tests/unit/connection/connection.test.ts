import { describe, expect, test } from "vitest";
import { newConnectionSchema, toTyped } from "@/lib/connection/schema";
import { toTokenEnd } from "@/lib/connection/to-token-end";
import { isAccountAt } from "@/lib/domain/mapping/catalogue";
import { toDaysLeft, toTokenWarning } from "@/lib/domain/token-days";
import { seal, unseal } from "@/lib/seal";

const DAY_MS = 24 * 60 * 60 * 1000;
const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;

describe("a sealed token", () => {
  test("is opened by the same secret and is different each time", () => {
    const [one, other] = [seal("token", "secret", "kommo token"), seal("token", "secret", "kommo token")];

    expect(unseal(one, "secret", "kommo token")).toBe("token");
    expect(one).not.toBe(other);
  });

  test.each([
    ["another secret", seal("token", "other", "kommo token")],
    [
      "a changed letter",
      seal("token", "secret", "kommo token").replace(/.$/, (last) => (last === "A" ? "E" : "A")),
    ],
    ["a secret of another purpose", seal("token", "secret", "totp secret")],
    ["nothing", ""],
  ])("is not opened with %s", (_, sealed) => {
    expect(() => unseal(sealed, "secret", "kommo token")).toThrow(
      expect.objectContaining({ code: "seal_broken" }),
    );
  });
});

test.each([
  ["intermigro", "https://intermigro.kommo.com"],
  [" Intermigro.kommo.com ", "https://intermigro.kommo.com"],
  ["https://intermigro.kommo.com/leads/list", "https://intermigro.kommo.com"],
  ["http://127.0.0.1:4000/", "http://127.0.0.1:4000"],
  ["intermigro.amocrm.ru", "https://intermigro.amocrm.ru"],
  ["https://Intermigro.amocrm.ru/leads/list", "https://intermigro.amocrm.ru"],
])("%s is the account's address", (subdomain, baseUrl) => {
  expect(newConnectionSchema.parse({ subdomain, token: "a.b.c" })).toEqual({
    subdomain: baseUrl,
    token: "a.b.c",
  });
});

test.each([
  ["https://intermigro.kommo.com", "intermigro"],
  ["https://intermigro.amocrm.ru", "intermigro.amocrm.ru"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
])("%s is shown to an admin as %s, and read back", (baseUrl, typed) => {
  expect(toTyped(baseUrl)).toBe(typed);
  expect(newConnectionSchema.parse({ subdomain: typed, token: "a.b.c" }).subdomain).toBe(baseUrl);
});

test.each([
  "",
  "http://intermigro.amocrm.ru",
  "https://amocrm.ru.evil.com",
  "http://intermigro.kommo.com",
  "https://kommo.evil.com",
  "evil.com/.kommo.com",
  "a b",
  "https://evil.com#.kommo.com",
  "http://127.0.0.1@evil.com",
])("a token is not sent to %j", (subdomain) => {
  expect(newConnectionSchema.safeParse({ subdomain, token: "a.b.c" }).success).toBe(false);
});

test("a token without a readable expiry has none", () => {
  expect(toTokenEnd(token({ exp: 1_890_000_000, more: [1] }))).toBe(1_890_000_000_000);
  expect(toTokenEnd(token({ exp: "1890000000" }))).toBe(1_890_000_000_000);
  expect(toTokenEnd(token({ exp: 1_890_000_000.0001 }))).toBe(1_890_000_000_000);
  const mute = [token({}), "a.b.c", "", token({ exp: "soon" }), token({ exp: 1e300 })];
  expect(mute.map(toTokenEnd)).toEqual(mute.map(() => null));
});

test.each([
  [31, null],
  [30, 30],
  [14.5, 30],
  [14, 14],
  [6, 7],
  [0.5, 1],
  [0, 0],
  [-3, 0],
])("%d days before the token expires the warning is %j", (days, warning) => {
  expect(toTokenWarning(days * DAY_MS, 0)).toBe(warning);
  expect(toDaysLeft(days * DAY_MS, 0)).toBe(Math.max(0, Math.floor(days)));
});

test.each([
  ["intermigro", "https://intermigro.kommo.com", true],
  ["Intermigro", "https://intermigro.kommo.com", true],
  ["intermigro", "https://other.kommo.com", false],
  ["intermigro", "https://other.amocrm.ru", false],
  ["intermigro", "http://127.0.0.1:4000", true],
  ["", "https://intermigro.kommo.com", true],
])("the account %j is at %s: %j", (subdomain, baseUrl, isThere) => {
  expect(isAccountAt({ subdomain }, baseUrl)).toBe(isThere);
});
