import { expect, test } from "vitest";
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
  ["NEXTAUTH_SECRET", "short", "shorter than 32 bytes"],
  ["NEXTAUTH_URL", "leads.example.com", "must be the address people open"],
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

test("only a loopback Kommo is the practice one", () => {
  expect(["http://127.0.0.1:4000", "http://localhost", "http://[::1]:80"].every(isPractice)).toBe(true);
  expect(isPractice("https://127.0.0.1.kommo.com")).toBe(false);
});
