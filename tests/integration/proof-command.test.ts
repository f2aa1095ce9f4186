import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { toDayLater, toDayOf } from "@/lib/daily-proof/days";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { type Practice, startPractice } from "@/practice/server";
import { runProof } from "@/scripts/cli/proof-command";
import { serverEnv } from "@/scripts/server-process.mjs";
import { insertSeller } from "@/tests/support/people";
import { postItems } from "@/tests/support/practice-calls";
import { anItem } from "@/tests/support/practice-items";
import { runHere } from "@/tests/support/run-here";

const DATABASE_URL = `file:${join(mkdtempSync(join(tmpdir(), "proof-")), "desk.db")}`;
const YESTERDAY = toDayLater(toDayOf(Date.now(), "UTC"), -1);
let db: Db;
let practice: Practice;

beforeAll(async () => {
  practice = await startPractice({ requestsPerSecond: 0 });
  db = openDb(DATABASE_URL);
  await migrate(db);
  for (const [name, value] of Object.entries(toSettings(practice.token))) vi.stubEnv(name, value);
});
afterAll(async () => {
  await practice.close();
  await db.destroy();
  vi.unstubAllEnvs();
});

function toSettings(token: string) {
  return {
    ...{ NEXTAUTH_SECRET: "x".repeat(40), NEXTAUTH_URL: "https://leads.example.com" },
    ...{ KOMMO_BASE_URL: practice.url, KOMMO_API_TOKEN: token },
  };
}

function run(words: string[]) {
  return runHere((terminal) => runProof(openDb(DATABASE_URL), terminal), words);
}

/** What `scripts/run.mjs` starts, after it has seen to the installation. */
async function runAlone(words: string[], token = practice.token) {
  const env = {
    ...serverEnv,
    ...{ NODE_ENV: "test" as const, PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL },
    ...toSettings(token),
  };
  const flags = ["--disable-warning=ExperimentalWarning", "scripts/cli/proof.ts", ...words];
  return promisify(execFile)(process.execPath, flags, { env }).then(
    ({ stdout }) => ({ stdout, stderr: "", code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

test("a day is proven in the terminal, which ends with 1 while something is open, and with 0 after that", async () => {
  await postItems(practice, [anItem()]);
  const kommoLeadId = practice.incomingLeads()[0]?.leadId ?? 0;
  const author_id = await insertSeller(db);
  const rest = { author_id, due_at: 0, tries: 0, created_at: Date.parse(`${YESTERDAY}T12:00:00Z`) };
  const [there, waiting] = [randomUUID(), randomUUID()];
  await db
    .insertInto("leads")
    .values([
      { ...rest, id: there, state: "confirmed", kommo_lead_id: kommoLeadId, confirmed_at: 0 },
      { ...rest, id: waiting, state: "needs_admin" },
    ])
    .execute();

  const open = await runAlone(["--date", YESTERDAY]);
  await db.updateTable("leads").set({ state: "withdrawn" }).where("id", "=", waiting).execute();
  const again = await run([]);
  const anew = await run(["--now"]);

  expect(open.code).toBe(1);
  expect(open.stdout).toContain("Entered 2 ≠ confirmed 1 = found in Kommo 1\n");
  expect(open.stdout).toContain(`- Needs a decision: https://leads.example.com/leads/${waiting}\n`);
  expect(again.stdout).toContain("Entered 2 ≠ confirmed 1");
  expect(anew).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("Entered 1 = confirmed 1 = found in Kommo 1\n"),
  });
});

test("a day that cannot be proven, or that Kommo does not let be proven, ends with 1 and says why", async () => {
  const refused = await runAlone(["--date", YESTERDAY, "--now"], `${practice.token.slice(0, -3)}abc`);
  const future = await run(["--date", "2999-01-01"]);
  const nonsense = await run(["--date", "yesterday"]);

  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Kommo refuses our connection."),
  });
  expect(future).toMatchObject({ code: 1, stderr: expect.stringContaining("2999-01-01 cannot be proven") });
  expect(nonsense).toMatchObject({ code: 1, stderr: expect.stringContaining("Usage: npm run proof") });
});
