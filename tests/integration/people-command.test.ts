import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { isPassword } from "@/lib/people/password";
import { findAccount, findLink } from "@/lib/people/queries";
import { runPeople } from "@/scripts/cli/people-command";
import { serverEnv } from "@/scripts/server-process.mjs";
import { readAudit } from "@/tests/support/audit";
import { insertSeller } from "@/tests/support/people";
import { makeDatabase } from "@/tests/support/postgres";
import { runHere } from "@/tests/support/run-here";

const server = process.env.TEST_POSTGRES_URL;
const stores = [
  { name: "SQLite", url: async () => `file:${join(mkdtempSync(join(tmpdir(), "desk-")), "lead-desk.db")}` },
  ...(server ? [{ name: "PostgreSQL", url: () => makeDatabase(server) }] : []),
];
const PASSWORD = "correct horse battery";
const ADDRESS = "https://leads.example.com";

beforeAll(() => {
  vi.stubEnv("NEXTAUTH_URL", ADDRESS);
  vi.stubEnv("NEXTAUTH_SECRET", "0".repeat(32));
});
afterAll(() => vi.unstubAllEnvs());

describe.each(stores)("npm run people on $name, while the database is in use", ({ url }) => {
  let address: string;
  let db: Db;

  beforeAll(async () => {
    address = await url();
    db = openDb(address);
    await migrate(db);
  });
  afterAll(() => db.destroy());

  async function run(args: string[], input = "", oidcOnly = "0") {
    vi.stubEnv("OIDC_ONLY", oidcOnly);
    const { stdout, stderr } = await runHere((terminal) => runPeople(openDb(address), terminal), args, input);
    return toSaid(stdout, stderr);
  }

  /** What `scripts/run.mjs` starts, after it has seen to the installation. */
  async function runAlone(args: string[], input = "", database = address) {
    const command = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "scripts/cli/people.ts", ...args],
      {
        env: {
          ...serverEnv,
          NODE_ENV: "test",
          PATH: process.env.PATH,
          DATABASE_URL: database,
          NEXTAUTH_URL: ADDRESS,
        },
      },
    );
    command.stdin.end(input);
    const [out, err] = await Promise.all([text(command.stdout), text(command.stderr)]);
    return toSaid(out, err);
  }

  function toSaid(out: string, err: string) {
    return { out, err, isDone: err === "" && out.includes("Done") };
  }

  test("the database of an older program, with leads in it, is brought up first", async () => {
    const older = await url();
    const old = openDb(older);
    await migrate(old, "0006-privacy");
    const author_id = await insertSeller(old);
    const row = {
      id: randomUUID(),
      author_id,
      name: "Анна",
      state: "queued",
      due_at: 0,
      tries: 0,
      created_at: 0,
    };
    await old.insertInto("leads").values(row).execute();

    expect(await runAlone(["list"], "", older)).toMatchObject({
      out: expect.stringContaining("seller"),
      err: "",
    });

    await old.destroy();
  });

  test("a person is added with the password from standard input, and led through every change", async () => {
    const anna = ["--email", "Anna@Example.com", "--name", "Анна", "--role", "admin"];
    const boris = ["--email", "boris@example.com", "--name", "Борис", "--role", "admin", "--language", "ru"];

    expect(await runAlone(["add", ...anna], `${PASSWORD}\n`)).toMatchObject({ isDone: true });
    expect(await run(["add", ...boris], PASSWORD)).toMatchObject({ isDone: true });
    expect(await run(["role", "boris@example.com", "seller"])).toMatchObject({ isDone: true });
    expect(await run(["disable", "boris@example.com"])).toMatchObject({ isDone: true });

    const account = await findAccount("anna@example.com", db);
    expect(await isPassword(PASSWORD, account?.password_hash ?? "")).toBe(true);
    const { out } = await run(["list"]);
    expect(out).toBe("anna@example.com\tadmin\tactive\tАнна\nboris@example.com\tseller\tdisabled\tБорис\n");
    expect(new Set((await readAudit(db)).map(({ person_id }) => person_id))).toEqual(new Set([null]));
  });

  test("an invitation and a reset print a link that works", async () => {
    const made = await run(["invite", "--email", "vera@example.com", "--name", "Вера", "--role", "head"]);
    const [, invitation = ""] = /https:\/\/leads\.example\.com\/setup\?token=(\S+)/.exec(made.out) ?? [];
    expect(await findLink(invitation, db)).toMatchObject({ purpose: "invite", name: "Вера" });

    const again = await run(["reset", "vera@example.com"]);
    const [, second = ""] = /token=(\S+)/.exec(again.out) ?? [];
    expect(await findLink(second, db)).toMatchObject({ email: "vera@example.com" });
    expect(await findLink(invitation, db)).toBeUndefined();
  });

  test("a lost second factor is reset, also the last admin's", async () => {
    const { id: person_id = "" } = (await findAccount("anna@example.com", db)) ?? {};
    const passkey = { id: "key", person_id, name: "Ключ", public_key: "", counter: 0, transports: "[]" };
    await db
      .insertInto("passkeys")
      .values({ ...passkey, added_at: 0 })
      .execute();

    expect(await run(["reset-factor", "anna@example.com"])).toMatchObject({ isDone: true });

    expect(await db.selectFrom("passkeys").selectAll().execute()).toEqual([]);
    expect((await readAudit(db)).at(-1)).toMatchObject({ action: "factor_reset", person_id: null });
  });

  test.each([
    ["add", "--email", "new@example.com", "--name", "N", "--role", "head"],
    ["reset", "vera@example.com"],
  ])("while OIDC_ONLY has switched passwords off, %s is refused in words", async (...args) => {
    const { out, err } = await run(args, PASSWORD, "1");

    expect(err).toBe("Passwords are switched off. Everyone signs in through single sign-on (OIDC_ONLY=1).\n");
    expect(out).toBe("");
  });

  test("while passwords are off, who is invited signs on, and no link is printed", async () => {
    const olga = ["--email", "olga@example.com", "--name", "Ольга", "--role", "seller"];

    const { out } = await run(["invite", ...olga], "", "1");

    expect(out).toBe("Done: invite olga@example.com\n");
  });

  test.each([
    [["disable", "anna@example.com"], "", "This is the last admin."],
    [["role", "nobody@example.com", "head"], "", "Nobody has this email"],
    [["role", "anna@example.com", "boss"], "", "--role must be seller, head or admin."],
    [
      ["add", "--email", "anna@example.com", "--name", "A", "--role", "head"],
      PASSWORD,
      "Someone already has this email",
    ],
    [["add", "--email", "new@example.com", "--name", "A", "--role", "head"], "short", "10 characters"],
    [["add", "--email", "nonsense", "--role", "head"], PASSWORD, "--email: Check the address"],
    [["dance"], "", "Usage: npm run people"],
    [["list", "--all"], "", "Unknown option '--all'"],
  ])("%j is refused in words", async (args, input, words) => {
    const { out, err } = await run(args, input);

    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe("");
  });
});
