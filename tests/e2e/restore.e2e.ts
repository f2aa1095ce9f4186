import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "@playwright/test";
import { type Practice, startPractice } from "../../practice/server.ts";
import { aLead } from "../support/builders";
import { type Desk, freshSettings, startDesk } from "../support/desk";
import { endHold, readLeadStates } from "../support/lead-states";
import { makeDatabase } from "../support/postgres";
import { signInByRequest } from "../support/session";
import { test } from "../support/test";

type Settings = ReturnType<typeof freshSettings>;

const server = process.env.TEST_POSTGRES_URL;

let practice: Practice;
let settings: Settings;

test.beforeAll(async () => {
  practice = await startPractice();
  settings = freshSettings(practice, { HOLD_SECONDS: "0" });
});
test.afterAll(() => practice.close());

const readState = async (id: string, { DATABASE_URL } = settings) =>
  (await readLeadStates(String(DATABASE_URL))).get(id)?.state;
const countCopies = (id: string) =>
  practice.incomingLeads().filter(({ requestId }) => requestId === id).length;
const makeFolder = () => mkdtempSync(join(tmpdir(), "desk-backup-"));

/** A command as a person types it. */
function run(command: "backup" | "restore", file: string, databaseUrl = settings.DATABASE_URL) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "-s", command, "--", file], {
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: databaseUrl,
    },
    encoding: "utf8",
  });
  return { status, words: stdout + stderr };
}

function runTool(command: "pg_dump" | "pg_restore", args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  expect({ status, words: stderr || error?.message || "" }).toEqual({ status: 0, words: "" });
}

async function save(desk: Desk, name: string): Promise<string> {
  const lead = aLead({ name, phone: `+7 900 55${Math.floor(10_000 + Math.random() * 89_999)}` });
  const answer = await fetch(`${desk.url}/api/leads`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: await signInByRequest(desk.url) },
    body: JSON.stringify(lead),
  });
  expect(answer.status).toBe(200);
  return lead.id;
}

test("after a restore nothing is sent twice, and nothing that the back-up holds is lost", async () => {
  test.setTimeout(180_000);
  const file = join(makeFolder(), "desk.db");
  const desk = await startDesk(settings);
  const arrived = await save(desk, "Прибывший");
  await expect.poll(() => readState(arrived)).toBe("confirmed");
  practice.failNext({ kind: "503", method: "POST" }, 2);
  const left = await save(desk, "Ушедший");
  await expect.poll(() => readState(left)).toBe("checking");
  const accepted = await save(desk, "Принятый");
  await expect.poll(() => readState(accepted)).toBe("checking");

  const made = run("backup", file);
  expect(made).toMatchObject({ status: 0, words: expect.stringContaining("3 leads") });
  await expect.poll(() => readState(left), { timeout: 60_000 }).toBe("confirmed");
  await expect.poll(() => readState(accepted), { timeout: 60_000 }).toBe("confirmed");
  const inKommo = practice.incomingLeads().find(({ requestId }) => requestId === accepted);
  await practice.control.accept(inKommo?.leadId ?? 0);
  practice.failNext({ kind: "503", method: "POST" }, 1000);
  const later = await save(desk, "Позднейший");

  const tooEarly = run("restore", file);
  expect(tooEarly).toMatchObject({
    status: 1,
    words: expect.stringContaining("Lead Desk is using this database"),
  });
  expect(await readState(later)).not.toBeUndefined();
  await desk.stop();
  const posts = () => practice.journal.filter(({ method, fault }) => method === "POST" && !fault).length;
  const sent = posts();
  expect(run("restore", file)).toMatchObject({ status: 0 });
  expect(await readState(later)).toBeUndefined();
  expect([await readState(arrived), await readState(left)]).toEqual(["confirmed", "checking"]);
  practice.control.clearFaults();

  const again = await startDesk(settings);
  await expect.poll(() => readState(left), { timeout: 60_000 }).toBe("confirmed");
  await expect.poll(() => readState(accepted), { timeout: 60_000 }).toBe("confirmed");
  expect(posts()).toBe(sent);
  expect([countCopies(arrived), countCopies(left)]).toEqual([1, 1]);
  await again.stop();
  const folder = dirname(String(settings.DATABASE_URL).slice("file:".length));
  const kept = readdirSync(folder).filter((name) => name.includes(".before-"));
  expect(kept).toHaveLength(1);
  expect((await readLeadStates(`file:${join(folder, kept[0] ?? "")}`)).has(later)).toBe(true);
});

test("what the back-up holds and nobody sent goes once it is surely absent", async () => {
  test.setTimeout(120_000);
  const file = join(makeFolder(), "desk.db");
  const desk = await startDesk(settings);
  practice.failNext({ kind: "503", method: "POST" }, 1000);
  const waiting = await save(desk, "Ждущий");
  await expect.poll(() => readState(waiting)).toBe("checking");
  run("backup", file);
  await desk.stop();

  run("restore", file);
  practice.control.clearFaults();
  const again = await startDesk(settings);
  await expect.poll(() => readState(waiting), { timeout: 60_000 }).toBe("confirmed");

  expect(countCopies(waiting)).toBe(1);
  await again.stop();
});

test("a file that was copied back by another tool is recognised, and what left since is not sent again", async () => {
  test.setTimeout(120_000);
  const file = join(makeFolder(), "desk.db");
  const target = String(settings.DATABASE_URL).slice("file:".length);
  const desk = await startDesk(settings);
  const lead = await save(desk, "Ушедший");
  await expect.poll(() => readState(lead)).toBe("confirmed");
  expect(run("backup", file)).toMatchObject({ status: 0 });
  await desk.stop();
  // As it was before the lead left.
  const copy = new DatabaseSync(file);
  copy.exec(
    "update leads set state = 'queued', sent_at = null, kommo_lead_id = null; update sender set sendings = sendings - 1",
  );
  copy.close();

  for (const end of ["-wal", "-shm"]) rmSync(target + end, { force: true });
  copyFileSync(file, target);
  const again = await startDesk(settings);
  await expect.poll(() => readState(lead), { timeout: 60_000 }).toBe("confirmed");

  expect(countCopies(lead)).toBe(1);
  await again.stop();
  const after = new DatabaseSync(target, { readOnly: true });
  expect(after.prepare("select restored_at from sender").get()?.restored_at).toEqual(expect.any(Number));
  after.close();
});

if (server) {
  test("PostgreSQL's own dump, put back, sends what had not left and nothing again", async () => {
    test.setTimeout(180_000);
    const file = join(makeFolder(), "desk.dump");
    const url = await makeDatabase(server);
    const own = freshSettings(practice, { DATABASE_URL: url, HOLD_SECONDS: "30" });
    const desk = await startDesk(own);
    const left = await save(desk, "Ушедший");
    const waiting = await save(desk, "Ждущий");
    runTool("pg_dump", ["--format=custom", `--file=${file}`, url]);
    await endHold(url, left);
    await expect.poll(() => readState(left, own), { timeout: 60_000 }).toBe("confirmed");
    await desk.stop();

    runTool("pg_restore", ["--clean", "--if-exists", `--dbname=${url}`, file]);
    expect([await readState(left, own), await readState(waiting, own)]).toEqual(["held", "held"]);
    const again = await startDesk(own);
    await expect.poll(() => readState(left, own), { timeout: 90_000 }).toBe("confirmed");
    await expect.poll(() => readState(waiting, own), { timeout: 90_000 }).toBe("confirmed");

    expect([countCopies(left), countCopies(waiting)]).toEqual([1, 1]);
    await again.stop();
  });
}

test("a back-up is for its owner alone and overwrites nothing", async () => {
  const file = join(makeFolder(), "desk.db");
  const first = run("backup", file);
  expect(first.words).toContain("secret");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { size, mtimeMs } = statSync(file);

  const second = run("backup", file);

  expect(second).toMatchObject({ status: 1, words: expect.stringContaining("already exists") });
  expect(statSync(file)).toMatchObject({ size, mtimeMs });
  expect(readdirSync(dirname(file))).toEqual(["desk.db"]);
});

test("what is no sound database of this program is refused, and the one in use stays", async () => {
  const folder = makeFolder();
  const [text, foreign, newer] = ["text.db", "foreign.db", "newer.db"].map((name) => join(folder, name));
  writeFileSync(text ?? "", "not a database at all, though long enough to look like one".repeat(100));
  const other = new DatabaseSync(foreign ?? "");
  other.exec("create table leads (id text)");
  other.close();
  run("backup", newer ?? "");
  const ahead = new DatabaseSync(newer ?? "");
  ahead.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '')");
  ahead.close();
  const before = await readLeadStates(String(settings.DATABASE_URL));

  const answers = [text, foreign, newer, join(folder, "none.db")].map((file) => run("restore", file ?? ""));

  expect(answers.map(({ status }) => status)).toEqual([1, 1, 1, 1]);
  expect(answers.map(({ words }) => words)).toEqual([
    expect.stringContaining("is not a database"),
    expect.stringContaining("is not a Lead Desk database"),
    expect.stringContaining("newer version of Lead Desk"),
    expect.stringContaining("There is no file"),
  ]);
  expect(await readLeadStates(String(settings.DATABASE_URL))).toEqual(before);
  expect(run("backup", join(folder, "x.db"), "postgres://desk@127.0.0.1/desk").words).toContain("README");
});
