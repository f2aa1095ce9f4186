import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { runAuditExport } from "@/scripts/cli/audit-export-command";
import { serverEnv } from "@/scripts/server-process.mjs";
import { addPerson } from "@/tests/support/people";
import { makeDatabase } from "@/tests/support/postgres";
import { runHere } from "@/tests/support/run-here";

const server = process.env.TEST_POSTGRES_URL;
const stores = [
  { name: "SQLite", url: async () => `file:${join(mkdtempSync(join(tmpdir(), "desk-")), "lead-desk.db")}` },
  ...(server ? [{ name: "PostgreSQL", url: () => makeDatabase(server) }] : []),
];
const START = Date.parse("2026-11-01T00:00:00Z");
const HOUR = 60 * 60 * 1000;
const LINES = 2500;

async function run(args: string[], databaseUrl: string) {
  vi.stubEnv("DATABASE_URL", databaseUrl);
  const { stdout, stderr } = await runHere(runAuditExport, args);
  vi.unstubAllEnvs();
  return toWritten(stdout, stderr);
}

/** What `scripts/run.mjs` starts, after it has seen to the installation. */
async function runAlone(args: string[], DATABASE_URL: string) {
  const command = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "scripts/cli/audit-export.ts", ...args],
    { env: { ...serverEnv, NODE_ENV: "test", PATH: process.env.PATH, DATABASE_URL } },
  );
  const [out, err] = await Promise.all([text(command.stdout), text(command.stderr)]);
  return toWritten(out, err);
}

function toWritten(out: string, err: string) {
  const lines = out.split("\n").slice(0, -1);
  return { out, err, lines: lines.map((line) => JSON.parse(line)) };
}

describe.each(stores)("npm run audit:export on $name, while the database is in use", ({ url }) => {
  let address: string;
  let db: Db;
  let anna: string;
  let boris: string;
  const lead_id = randomUUID();

  beforeAll(async () => {
    address = await url();
    db = openDb(address);
    await migrate(db);
    anna = await addPerson(db, { name: "Анна", email: "anna@example.com", role: "admin" });
    boris = await addPerson(db, { name: "Борис", email: "boris@example.com" });
    await writeAudit({ person_id: anna, action: "signed_in", detail: { how: "oidc" } }, db, START - 1);
    const changed = { person_id: anna, action: "role_changed", subject_id: boris } as const;
    await writeAudit({ ...changed, detail: { from: "seller", to: "head" } }, db, START);
    await writeAudit({ person_id: null, action: "lead_resent", lead_id }, db, START + HOUR);
    const former = { id: randomUUID(), at: START + 2 * HOUR, person_id: anna, action: "leads_erased" };
    await db
      .insertInto("audit")
      .values({ ...former, detail: "3" })
      .execute();
  });
  afterAll(() => db.destroy());

  test("writes the lines since a day as JSON, oldest first, with who and whom", async () => {
    const { lines, err } = await runAlone(["--since", "2026-11-01"], address);

    const id = expect.any(String);
    expect(err).toBe("");
    expect(lines).toEqual([
      {
        ...{ id, at: "2026-11-01T00:00:00.000Z", action: "role_changed" },
        person: { id: anna, email: "anna@example.com" },
        subject: { id: boris, email: "boris@example.com" },
        ...{ leadId: null, detail: { from: "seller", to: "head" } },
      },
      {
        ...{ id, at: "2026-11-01T01:00:00.000Z", action: "lead_resent" },
        ...{ person: null, subject: null, leadId: lead_id, detail: {} },
      },
      {
        ...{ id, at: "2026-11-01T02:00:00.000Z", action: "leads_erased" },
        person: { id: anna, email: "anna@example.com" },
        ...{ subject: null, leadId: null, detail: { count: 3 } },
      },
    ]);
  });

  test("takes a time with its zone, and a day as one in UTC", async () => {
    const count = async (since: string) => (await run(["--since", since], address)).lines.length;

    expect(await count("2026-11-01T03:00:00+03:00")).toBe(3);
    expect(await count("2026-11-01T00:00:00.001Z")).toBe(2);
    expect(await count("2026-11-02")).toBe(0);
  });

  test.each([
    [[], "Usage: npm run audit:export -- --since"],
    [["--since", "yesterday"], "--since is a day or a time"],
    [["--since", "2026-13-01"], "--since is a day or a time"],
    [["--since", "2026-11-01T10:00"], "--since is a day or a time"],
    [["--since", "2026-11-01", "more"], "Usage: npm run audit:export -- --since"],
    [["--until", "2026-11-01"], "Usage: npm run audit:export -- --since"],
  ])("%j is refused in words", async (args, words) => {
    const { out, err } = await run(args, address);

    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
  });

  test("a database that is not Lead Desk's is refused in words", async () => {
    const foreign = await url();
    const other = openDb(foreign);
    await sql`create table other (id text)`.execute(other);
    await other.destroy();

    const { err, out } = await run(["--since", "2026-11-01"], foreign);

    expect(err).toMatch(/^There is no Lead Desk database/);
    expect(out).toBe("");
  });

  test("a log of many lines, many in one millisecond, comes whole", async () => {
    const rows = Array.from({ length: LINES }, (_, index) => ({
      ...{ id: randomUUID(), at: START + 24 * HOUR + Math.floor(index / 1500), action: "signed_in" },
      person_id: boris,
    }));
    for (let from = 0; from < LINES; from += 500) {
      await db
        .insertInto("audit")
        .values(rows.slice(from, from + 500))
        .execute();
    }

    const { lines } = await runAlone(["--since", "2026-11-02"], address);

    expect(new Set(lines.map(({ id }) => id)).size).toBe(LINES);
    expect(lines).toHaveLength(LINES);
  });
});

test("a database that is not there is not made", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "desk-")), "none.db");

  const { err } = await runAlone(["--since", "2026-11-01"], `file:${file}`);

  expect(err).toBe(`There is no database at ${file}.\n`);
});
