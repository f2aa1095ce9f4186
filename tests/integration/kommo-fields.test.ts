import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { catalogueSchema } from "@/lib/domain/mapping/catalogue";
import { countRequests, slowDown } from "@/lib/rate-limit/lanes";
import { type Practice, startPractice } from "@/practice/server";
import { busiestSecond } from "@/practice/state/journal";
import { serverEnv } from "@/scripts/server-process.mjs";
import { makeMigratedDatabase } from "@/tests/support/databases";

const run = promisify(execFile);
const server = process.env.TEST_POSTGRES_URL;
const TIMEOUT_MS = 60_000;
// What scripts/get-kommo-fields.js hands over to, once everything is installed.
const SCRIPT = "scripts/cli/kommo-fields.ts";

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice({ requestsPerSecond: 0 });
});
afterAll(() => practice.close());

const toFile = (name: string) => `file:${join(mkdtempSync(join(tmpdir(), "fields-")), name)}`;

/** With those settings alone. */
async function list(args: string[], settings: Record<string, string> = {}) {
  const env = {
    ...serverEnv,
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    DATABASE_URL: toFile("lead-desk.db"),
    ...settings,
  };
  const failed = (error: { stdout: string; stderr: string }) => error;
  const { stdout, stderr } = await run(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", SCRIPT, ...args],
    {
      env,
    },
  ).catch(failed);
  return { stdout, stderr };
}

/** A new database of the desk on each store. */
const stores = [
  { name: "SQLite", make: async () => toFile("lead-desk.db") },
  ...(server ? [{ name: "PostgreSQL", make: () => makeMigratedDatabase(server) }] : []),
];

const connected = () => ({ KOMMO_BASE_URL: practice.url, KOMMO_API_TOKEN: practice.token });

// Each waits for slots of its own most of the time.
describe.concurrent("npm run kommo:fields", () => {
  test(
    "pipelines, stages and fields of the account are listed in words, and as JSON and settings",
    async () => {
      const [words, json, env] = await Promise.all([
        list([], connected()),
        list(["--json"], connected()),
        list(["--env"], connected()),
      ]);

      expect(words.stdout).toMatch(/12984871 +Воронка +main/);
      expect(words.stdout).toMatch(/467700 +Телефон +multitext +PHONE/);
      expect(catalogueSchema.parse(JSON.parse(json.stdout)).counts.leads).toEqual({ have: 13, total: 13 });
      expect(env.stdout.split("\n")).toEqual(
        expect.arrayContaining([
          "KOMMO_PIPELINE_ID=12984871",
          "KOMMO_UTM_SOURCE_FIELD_ID=467714",
          "KOMMO_REFERENCE_FIELD_ID=1711084",
        ]),
      );
      expect([words, json, env].map(({ stderr }) => stderr)).toEqual(["", "", ""]);
    },
    TIMEOUT_MS,
  );

  test(
    "an account in which no pipeline takes incoming leads is told so, and no id is made up",
    async () => {
      const bare = await startPractice();
      bare.control.setUnsorted({ id: 12984871, on: false });

      const { stdout, stderr } = await list(["--env"], {
        KOMMO_BASE_URL: bare.url,
        KOMMO_API_TOKEN: bare.token,
      });

      expect(stdout).toContain("# KOMMO_PIPELINE_ID=\n");
      expect(stdout).toContain("KOMMO_PHONE_FIELD_ID=467700");
      expect(stderr).toContain("No pipeline in this account accepts incoming leads");
      await bare.close();
    },
    TIMEOUT_MS,
  );

  test(
    "what is missing or refused is said in a sentence, without the token",
    async () => {
      const [nothing, half, refused, unknown] = await Promise.all([
        list([]),
        list([], { KOMMO_API_TOKEN: practice.token }),
        list([], { ...connected(), KOMMO_API_TOKEN: `${practice.token}x` }),
        list(["--fields"], connected()),
      ]);

      expect(nothing.stderr).toContain("No Kommo account is connected");
      expect(half.stderr).toContain("KOMMO_SUBDOMAIN is missing");
      expect(refused.stderr).toContain("Kommo rejects the token");
      expect(unknown.stderr).toContain("Usage: npm run kommo:fields");
      expect([nothing, half, refused].some(({ stderr }) => stderr.includes(practice.token))).toBe(false);
    },
    TIMEOUT_MS,
  );

  test.each(stores)(
    "its requests take their slots in the desk's own lanes on $name",
    async ({ make }) => {
      const kommo = await startPractice({ requestsPerSecond: 0 });
      const toKommo = { KOMMO_BASE_URL: kommo.url, KOMMO_API_TOKEN: kommo.token };
      const url = await make();
      const db = openDb(url);
      await migrate(db);
      const reopens = Date.now() + 3000;
      await slowDown(3, db);

      const { stdout, stderr } = await list(["--env"], { ...toKommo, DATABASE_URL: url });

      expect([stdout.includes("KOMMO_PIPELINE_ID"), stderr]).toEqual([true, ""]);
      const asked = kommo.journal;
      expect(asked[0]?.at).toBeGreaterThanOrEqual(reopens);
      const counted = await countRequests(db);
      expect(counted).toBeGreaterThan(asked.length / 2);
      expect(counted).toBeLessThanOrEqual(asked.length);
      await db.destroy();
      await kommo.close();
    },
    TIMEOUT_MS,
  );

  test(
    "a database that is not there is not made, and one that cannot be opened is told of and left as it is",
    async () => {
      const [missing, broken] = [toFile("none.db"), toFile("broken.db")];
      const pathOf = (url: string) => url.slice("file:".length);
      writeFileSync(pathOf(broken), "not a database");

      const kommo = await startPractice({ requestsPerSecond: 0 });
      const toKommo = { KOMMO_BASE_URL: kommo.url, KOMMO_API_TOKEN: kommo.token };

      const [alone, beside] = await Promise.all([
        list(["--env"], { ...toKommo, DATABASE_URL: missing }),
        list(["--env"], { ...connected(), DATABASE_URL: broken }),
      ]);

      expect(busiestSecond(kommo.journal)).toBeLessThanOrEqual(6);
      expect(alone).toMatchObject({ stdout: expect.stringContaining("KOMMO_PIPELINE_ID"), stderr: "" });
      expect(existsSync(pathOf(missing))).toBe(false);
      expect(beside).toMatchObject({
        stdout: expect.stringContaining("KOMMO_PIPELINE_ID"),
        stderr: expect.stringContaining("Lead Desk's database cannot be opened"),
      });
      expect(readFileSync(pathOf(broken), "utf8")).toBe("not a database");
      await kommo.close();
    },
    TIMEOUT_MS,
  );
});
