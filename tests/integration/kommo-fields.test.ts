import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogueSchema } from "@/lib/catalogue/schema";
import { type Practice, startPractice } from "@/practice/server";

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;
// What scripts/get-kommo-fields.js hands over to, once everything is installed.
const SCRIPT = "scripts/kommo-fields.ts";

let practice: Practice;

beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.close());

/** With those settings alone. */
async function list(args: string[], settings: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "production" as const,
    DATABASE_URL: `file:${join(mkdtempSync(join(tmpdir(), "fields-")), "lead-desk.db")}`,
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

const connected = () => ({ KOMMO_BASE_URL: practice.url, KOMMO_API_TOKEN: practice.token });

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
    expect(catalogueSchema.parse(JSON.parse(json.stdout)).counts.leads).toEqual({ have: 11, total: 11 });
    expect(env.stdout.split("\n")).toEqual(
      expect.arrayContaining(["KOMMO_PIPELINE_ID=12984871", "KOMMO_UTM_SOURCE_FIELD_ID=467714"]),
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
    expect(stderr).toContain("No pipeline of this account takes incoming leads");
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
    expect(refused.stderr).toContain("Kommo refuses the token");
    expect(unknown.stderr).toContain("Usage: npm run kommo:fields");
    expect([nothing, half, refused].some(({ stderr }) => stderr.includes(practice.token))).toBe(false);
  },
  TIMEOUT_MS,
);
