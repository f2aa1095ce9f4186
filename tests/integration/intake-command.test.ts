import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { createForm } from "@/lib/intake/mutations";
import { findWebsiteForm, listForms, listSecrets } from "@/lib/intake/queries";
import { runIntake } from "@/scripts/cli/intake-command";
import { serverEnv } from "@/scripts/server-process.mjs";
import { aWebsiteForm } from "@/tests/support/builders";
import { runHere } from "@/tests/support/run-here";

const DATABASE_URL = `file:${join(mkdtempSync(join(tmpdir(), "intake-")), "desk.db")}`;
const SETTINGS = { NEXTAUTH_SECRET: "x".repeat(40), NEXTAUTH_URL: "https://leads.example.com" };
const NEW = aWebsiteForm({ name: "Other", origins: ["https://other.example"] });
let db: Db;

beforeAll(async () => {
  db = openDb(DATABASE_URL);
  await migrate(db);
  for (const [name, value] of Object.entries(SETTINGS)) vi.stubEnv(name, value);
});
afterAll(async () => {
  await db.destroy();
  vi.unstubAllEnvs();
});

function run(...words: string[]) {
  return runHere((terminal) => runIntake(openDb(DATABASE_URL), terminal), words);
}

/** What `scripts/run.mjs` starts, after it has seen to the installation. */
async function runAlone(...words: string[]) {
  const env = {
    ...serverEnv,
    ...{ NODE_ENV: "test" as const, PATH: process.env.PATH, HOME: process.env.HOME, DATABASE_URL },
    ...SETTINGS,
  };
  const flags = ["--disable-warning=ExperimentalWarning", "scripts/cli/intake.ts", ...words];
  return promisify(execFile)(process.execPath, flags, { env }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
}

test("a form is added in the terminal, which tells its address and its secret once", async () => {
  const { stdout } = await runAlone(
    "add",
    "--name",
    "Site",
    "--origin",
    "https://school.example/a",
    "--secret",
  );

  const [form] = await listForms(db);
  expect(form).toMatchObject({ name: "Site", origins: ["https://school.example"] });
  expect(stdout).toContain(`https://leads.example.com/api/intake/${form?.key}`);
  expect(stdout).toContain(`https://leads.example.com/f/${form?.key}`);
  const secret = /^Secret \(shown this once\): (lds_\S{32})$/m.exec(stdout)?.[1] ?? "";
  expect(await listSecrets(form?.id ?? "", db)).toMatchObject([{ lastFour: secret.slice(-4) }]);
});

test("a form is listed and paused by its key", async () => {
  const { id, key } = await createForm(NEW, null, db);

  expect((await run("list")).stdout).toContain(`${key}\topen\tOther\thttps://other.example\n`);
  await run("pause", key);
  expect((await findWebsiteForm(id, db))?.pausedAt).not.toBeNull();
});

test("a form gets another key, and the old one names none", async () => {
  const { id, key } = await createForm(NEW, null, db);

  const rotated = await run("rotate", key);
  expect(rotated.stdout).toContain(`Key: ${(await findWebsiteForm(id, db))?.key}`);
  expect((await run("resume", key)).stderr).toContain("No form has this key");
});

test("what is missing or wrong is said in a sentence", async () => {
  const { stderr } = await run("add", "--origin", "school");
  expect(stderr).toMatch(/^--name: /m);
  expect(stderr).toMatch(/^--origin: Enter the site/m);
});
