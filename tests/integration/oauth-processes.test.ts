import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connectByCode } from "@/lib/account/oauth/connect-grant";
import { findGrant } from "@/lib/connection/find-grant";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Practice } from "@/practice/server";
import { serverEnv } from "@/scripts/server-process.mjs";
import { makeMigratedDatabase } from "@/tests/support/databases";
import { openPractice } from "@/tests/support/open-practice";
import { insertSeller } from "@/tests/support/people";

const TIMES = 50;
const REDIRECT = "http://desk.test/api/kommo/oauth";
const server = process.env.TEST_POSTGRES_URL;
const stores = [
  { name: "SQLite", url: async () => `file:${join(mkdtempSync(join(tmpdir(), "desk-")), "lead-desk.db")}` },
  ...(server ? [{ name: "PostgreSQL", url: () => makeMigratedDatabase(server) }] : []),
];

let practice: Practice;
let clock: number;

beforeAll(() => vi.stubEnv("OWN_PRACTICE", "1"));
beforeEach(async () => {
  clock = Date.now();
  practice = await openPractice({ now: () => clock });
  practice.control.setAddresses({ redirectUri: REDIRECT });
});
afterEach(() => practice.close());
afterAll(() => vi.unstubAllEnvs());

function startProcess(databaseUrl: string) {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "tests/support/ask-often.ts"],
    {
      env: {
        ...process.env,
        ...serverEnv,
        NODE_ENV: "test",
        DATABASE_URL: databaseUrl,
        TIMES: String(TIMES),
      },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const readLine = async () => String((await lines.next()).value);
  return {
    ready: readLine,
    async ask(): Promise<string[]> {
      child.stdin.write("go\n");
      const [answer] = await Promise.all([readLine(), once(child, "exit")]);
      return JSON.parse(answer);
    },
  };
}

const countRefreshes = () =>
  practice.journal.filter(({ path, body }) => {
    return path === "/oauth2/access_token" && (body as { grant_type: string }).grant_type === "refresh_token";
  }).length;

describe.each(stores)("two processes on $name", ({ url }) => {
  let address: string;
  let db: Db;

  beforeEach(async () => {
    address = await url();
    db = openDb(address);
    await migrate(db);
    const { clientId, clientSecret } = practice.control.integration();
    const integration = { clientId, clientSecret, redirectUri: REDIRECT };
    const code = practice.control.issueCode();
    await connectByCode({ subdomain: practice.url, integration, code }, await insertSeller(db), db);
    // A pair of this minute would not be renewed.
    await db.updateTable("grants").set({ renewed_at: 0 }).execute();
  });
  afterEach(() => db.destroy());

  test("refresh once when fifty requests of each are refused, and no request is lost", async () => {
    const processes = [startProcess(address), startProcess(address)];
    await Promise.all(processes.map(({ ready }) => ready()));
    const before = await findGrant(db);
    clock += 25 * 60 * 60_000;

    const answers = await Promise.all(processes.map(({ ask }) => ask()));

    expect(answers).toEqual([Array(TIMES).fill("ok"), Array(TIMES).fill("ok")]);
    expect(countRefreshes()).toBe(1);
    const after = await findGrant(db);
    expect(after?.refreshToken).not.toBe(before?.refreshToken);
    const refused = practice.journal.filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThanOrEqual(TIMES);
  });

  test("ask Kommo once or twice, and all know why, when the grant has been revoked", async () => {
    const processes = [startProcess(address), startProcess(address)];
    await Promise.all(processes.map(({ ready }) => ready()));
    practice.control.revokeGrants();

    const answers = await Promise.all(processes.map(({ ask }) => ask()));

    const all = Array(TIMES).fill("grant_revoked");
    expect(answers).toEqual([all, all]);
    // An answer that is cut off is asked for again, as on a machine that has no time for a hundred connections.
    expect([1, 2]).toContain(countRefreshes());
  });
});
