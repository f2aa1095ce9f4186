import { describe, expect, test } from "vitest";
import { isPractice, parseEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";

const TOKEN = `${toPart({ alg: "RS256" })}.${toPart({ exp: 1890000000 })}.c2ln`;
const SOUND = {
  NEXTAUTH_SECRET: "x".repeat(32),
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  KOMMO_SUBDOMAIN: "intermigro",
  KOMMO_API_TOKEN: TOKEN,
};

function toPart(json: object): string {
  return Buffer.from(JSON.stringify(json)).toString("base64url");
}

function problemsOf(settings: Record<string, string>): string[] {
  try {
    parseEnv({ ...SOUND, ...settings });
    return [];
  } catch (error) {
    return error instanceof AppError ? error.message.split("\n") : [String(error)];
  }
}

test.each([
  ["security@example.com", "mailto:security@example.com"],
  ["mailto:security@example.com", "mailto:security@example.com"],
  ["https://example.com/report", "https://example.com/report"],
  ["tel:+1-201-555-0123", "tel:+1-201-555-0123"],
])("the security contact %s is the address %s", (SECURITY_CONTACT, contact) => {
  expect(parseEnv({ ...SOUND, SECURITY_CONTACT }).securityContact).toBe(contact);
});

test.each(["call us", "http://example.com", "a@b\nPolicy: https://evil.example", "javascript:alert(1)"])(
  "%j is no security contact",
  (SECURITY_CONTACT) => {
    expect(problemsOf({ SECURITY_CONTACT })).toEqual([
      "SECURITY_CONTACT must be an email address, or an address that starts with https:// or tel:.",
    ]);
  },
);

test("valid settings are parsed", () => {
  const env = parseEnv({ ...SOUND, KOMMO_PHONE_FIELD_ID: "467700", HOLD_SECONDS: "0" });

  expect(env).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: "file:.data/lead-desk.db",
    kommo: {
      connection: { baseUrl: "https://intermigro.kommo.com", token: TOKEN },
      fieldIds: { phone: 467700 },
    },
    holdMs: 0,
    defaultCountry: "RU",
  });
});

test("an empty setting counts as absent", () => {
  expect(problemsOf({ KOMMO_BASE_URL: "", ADMIN_EMAIL: " " })).toEqual([]);
});

test.each([
  ["KOMMO_SUBDOMAIN", "intermigro.kommo.com", "enter intermigro"],
  ["KOMMO_SUBDOMAIN", "https://intermigro.kommo.com/", "enter intermigro"],
  ["KOMMO_API_TOKEN", "my-secret-token", "paste the whole long-lived token"],
  ["KOMMO_API_TOKEN", "a.b.c", "paste the whole long-lived token"],
  ["KOMMO_API_TOKEN", "MQ.MQ.x", "paste the whole long-lived token"],
  ["KOMMO_API_TOKEN", `${TOKEN}.x`, "paste the whole long-lived token"],
  ["KOMMO_API_TOKEN", `${TOKEN}\nabc`, "paste the whole long-lived token"],
  ["KOMMO_API_TOKEN", `${TOKEN}…`, "paste the whole long-lived token"],
  ["KOMMO_BASE_URL", "http://kommo.example.com", "for this machine only"],
  ["KOMMO_BASE_URL", "intermigro", "https://"],
  ["KOMMO_PIPELINE_ID", "Воронка", "digits only"],
  ["KOMMO_REQUESTS_PER_SECOND", "many", "number of requests"],
  ["KOMMO_REQUESTS_PER_SECOND", "6.5", "whole number"],
  ["KOMMO_REQUESTS_PER_SECOND", "1", "2 or more"],
  ["KOMMO_REQUESTS_PER_SECOND", "51", "50 at the most"],
  ["KOMMO_PHONE_FIELD_ID", "46 7700", "digits only"],
  ["KOMMO_REFERENCE_FIELD_ID", "Lead Desk ID", "digits only"],
  ["KOMMO_PHONE_FILED_ID", "467700", "is not a Lead Desk setting"],
  ["PORT", "http", "must be a port number"],
  ["PORT", "70000", "PORT"],
  ["DATABASE_URL", "mysql://localhost", "must start with file: or postgres://"],
  ["DATABASE_URL", "postgres://desk:p@ss@db/desk", "write @ as %40"],
  ["DATABASE_URL", "postgres://desk:pa:ss@db/desk", ": as %3A"],
  ["DATABASE_URL", "postgres://desk:pa/ss@db/desk", "/ as %2F"],
  ["DATABASE_URL", "postgres://desk:pa#ss@db/desk", "# as %23"],
  ["DATABASE_URL", "postgresql://desk:pa?ss@db:5432/desk", "? as %3F"],
  ["NEXTAUTH_SECRET", "short", "shorter than 32 bytes"],
  ["NEXTAUTH_URL", "leads.example.com", "must be the address people open"],
  ["NEXTAUTH_URL", "https://example.com/leads", "at the root of an address only"],
  ["NEXTAUTH_URL", "https://example.com/?x=1", "at the root of an address only"],
  ["ADMIN_EMAIL", "admin@example.com", "belong together"],
  ["ADMIN_PASSWORD", "x".repeat(201), "longer than 200"],
  ["HOLD_SECONDS", "soon", "must be a number of seconds"],
  ["HOLD_SECONDS", "-1", "HOLD_SECONDS"],
  ["DEFAULT_COUNTRY", "Russia", "two-letter country code"],
])("%s=%s is refused with its own message", (name, value, words) => {
  const problems = problemsOf({ [name]: value });

  expect(problems.filter((problem) => problem.startsWith(name) && problem.includes(words))).toHaveLength(1);
  expect(problems.join()).not.toContain("my-secret-token");
});

test.each([
  "postgres://desk@db/desk",
  "postgres://desk:p%40ss%3A%2F%23@db:5432/desk?sslmode=require&sslrootcert=/etc/ssl/db.pem",
  "postgresql://desk:secret@[::1]:5432/desk",
  "postgres:///desk?host=/var/run/postgresql",
  "postgres://db/desk",
])("%s names a database", (DATABASE_URL) => {
  expect(problemsOf({ DATABASE_URL })).toEqual([]);
});

test.each(["https://leads.example.com", "https://leads.example.com/", "http://[::1]:3000"])(
  "people open %s",
  (NEXTAUTH_URL) => {
    expect(problemsOf({ NEXTAUTH_URL })).toEqual([]);
  },
);

test("all problems are reported at once", () => {
  const problems = problemsOf({ KOMMO_API_TOKEN: "x", KOMMO_SUBDOMAIN: "a.b", KOMMO_PIPELINE_ID: "x" });

  expect(problems.map((problem) => problem.split(" ")[0]).sort()).toEqual([
    "KOMMO_API_TOKEN",
    "KOMMO_PIPELINE_ID",
    "KOMMO_SUBDOMAIN",
  ]);
});

test("a token needs an account's address; without a token an admin may store both", () => {
  expect(problemsOf({ KOMMO_SUBDOMAIN: "" }).join()).toContain("KOMMO_SUBDOMAIN is missing");
  expect(problemsOf({ KOMMO_SUBDOMAIN: "", KOMMO_API_TOKEN: "" })).toEqual([]);
});

test("an integration in the settings says where an admin is to connect", () => {
  const rest = { ...SOUND, KOMMO_API_TOKEN: "" };
  const keys = { KOMMO_CLIENT_ID: "1ead0de5", KOMMO_CLIENT_SECRET: "a secret" };

  expect(parseEnv({ ...rest, ...keys }).kommo).toMatchObject({
    connection: undefined,
    address: "https://intermigro.kommo.com",
    integration: { clientId: "1ead0de5", redirectUri: expect.stringMatching(/\/api\/kommo\/oauth$/) },
  });
  expect(() => parseEnv({ ...rest, KOMMO_CLIENT_ID: "1ead0de5" })).toThrow("belong together");
  expect(() => parseEnv({ ...rest, KOMMO_REDIRECT_URI: "https://desk.example.com" })).toThrow("needs");
});

test("only a loopback Kommo is the practice one", () => {
  expect(["http://127.0.0.1:4000", "http://localhost", "http://[::1]:80"].every(isPractice)).toBe(true);
  expect(isPractice("https://127.0.0.1.kommo.com")).toBe(false);
});

describe("single sign-on", () => {
  const provider = {
    OIDC_ISSUER: "https://sso.example.com",
    OIDC_CLIENT_ID: "desk",
    OIDC_CLIENT_SECRET: "s",
  };
  const roles = { OIDC_ROLE_CLAIM: "groups", OIDC_ROLE_ADMIN: "desk-admins", OIDC_ROLE_HEAD: "desk-heads" };

  test("takes roles from a claim", () => {
    expect(parseEnv({ ...SOUND, ...provider, ...roles }).oidc?.roles).toEqual({
      claim: "groups",
      admin: "desk-admins",
      head: "desk-heads",
    });
  });

  test("switches passwords off, and then needs no password of the first admin", () => {
    const off = { ...SOUND, ...provider, OIDC_ONLY: "1", ADMIN_EMAIL: "Admin@example.com" };

    for (const settings of [off, { ...off, ADMIN_PASSWORD: "a long password" }]) {
      const { hasPasswords, admin } = parseEnv(settings);
      expect({ hasPasswords, admin }).toEqual({
        hasPasswords: false,
        admin: { email: "admin@example.com", password: undefined },
      });
    }
    expect(parseEnv({ ...SOUND, ...provider, OIDC_ONLY: "0" }).hasPasswords).toBe(true);
  });

  test.each([
    [{ ...provider, OIDC_ROLE_CLAIM: "groups" }, "OIDC_ROLE_CLAIM, OIDC_ROLE_ADMIN and OIDC_ROLE_HEAD"],
    [roles, "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together"],
    [{ OIDC_ONLY: "1", ADMIN_EMAIL: "admin@example.com" }, "OIDC_ONLY leaves nobody a way in"],
    [{ ...provider, OIDC_ONLY: "1" }, "OIDC_ONLY needs ADMIN_EMAIL"],
    [{ ...provider, OIDC_ONLY: "yes" }, "OIDC_ONLY is 1 to switch passwords off"],
  ])("%o is refused in words", (settings, words) => {
    expect(problemsOf(settings).join()).toContain(words);
  });
});
