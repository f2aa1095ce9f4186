import { parseArgs } from "node:util";
import type { Db } from "../../lib/db/client.ts";
import { AppError } from "../../lib/errors.ts";
import * as people from "../../lib/people/mutations.ts";
import { findAccount, findListedPerson, listPeople } from "../../lib/people/queries.ts";
import { changedPersonSchema, newPersonSchema } from "../../lib/people/schema.ts";
import { resetFactors } from "../../lib/second-factor/mutations.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { readPassword } from "./read-password.ts";
import { runCommand } from "./run-command.ts";
import type { Terminal } from "./terminal.ts";

const USAGE = `Usage: npm run people -- …
  list
  add      --email E --name N --role seller|head|admin [--language en|ru]   reads the password from standard input
  invite   --email E --name N --role seller|head|admin [--language en|ru]   prints a one-time link
  reset    E                                                                prints a one-time link
  disable | enable | sign-out  E
  reset-factor  E                                                           removes their second factor
  role     E seller|head|admin
  rename   E N
  language E en|ru
`;

/** No person acts here: the log says "from the command line". */
const BY_TERMINAL = null;

/** Answers the exit code, and closes the database. */
export function runPeople(db: Db, terminal: Terminal): Promise<number> {
  return runCommand(db, terminal, () => run(db, terminal), toSentence);
}

function readArguments({ words: args }: Terminal) {
  const text = { type: "string" } as const;
  const options = { email: text, name: text, role: text, language: text };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb = "", email, word] = positionals;
  return { verb, email: values.email ?? email ?? "", word, ...values };
}

async function run(db: Db, terminal: Terminal): Promise<number> {
  const { verb, email, word, name, role, language } = readArguments(terminal);
  const changes: Record<string, (id: string) => Promise<unknown>> = {
    disable: (id) => people.disablePerson(id, BY_TERMINAL, db),
    enable: (id) => people.enablePerson(id, BY_TERMINAL, db),
    "sign-out": (id) => people.endAllSessions(id, BY_TERMINAL, db),
    "reset-factor": (id) => resetFactors(id, BY_TERMINAL, db),
    reset: async (id) => sayLink(await people.createResetLink(id, BY_TERMINAL, db), terminal),
    role: (id) => change(id, { role: word ?? role }, db),
    rename: (id) => change(id, { name: word ?? name }, db),
    language: (id) => change(id, { locale: word ?? language }, db),
  };
  if (verb === "list") return sayList(db, terminal);
  if (verb === "add" || verb === "invite") {
    const password = verb === "add" ? await readPassword(terminal) : undefined;
    const person = { email, name, role, locale: language ?? "en", password };
    sayLink(await people.createPerson(parse(newPersonSchema, person), BY_TERMINAL, db), terminal);
  } else {
    const act = changes[verb];
    if (!act) throw new AppError("invalid", { message: USAGE });
    await act(await findId(email, db));
  }
  terminal.out.write(`Done: ${verb} ${email}\n`);
  return 0;
}

async function change(id: string, changed: object, db: Db): Promise<void> {
  const person = await findListedPerson(id, db);
  const whole = { id, name: person?.name, role: person?.role, locale: person?.locale ?? "en", ...changed };
  await people.changePerson(parse(changedPersonSchema, whole), BY_TERMINAL, db);
}

async function findId(email: string, db: Db): Promise<string> {
  const account = await findAccount(email.trim().toLowerCase(), db);
  if (!account)
    throw new AppError("invalid", {
      message: "Nobody has this email. To see everyone, run: npm run people -- list",
    });
  return account.id;
}

async function sayList(db: Db, { out }: Terminal): Promise<number> {
  for (const { email, name, role, status } of await listPeople(db)) {
    out.write(`${[email, role, status, name].join("\t")}\n`);
  }
  return 0;
}

function sayLink({ token }: { token?: string }, { out }: Terminal): void {
  if (!token) return;
  const { NEXTAUTH_URL = "" } = process.env;
  out.write(`This link works once, for 24 hours:\n${new URL(NEXTAUTH_URL).origin}/setup?token=${token}\n`);
}

type Schema<T> = { safeParse(input: unknown): { data?: T; error?: { issues: Issue[] } } };
type Issue = { path: PropertyKey[]; message: string };

function parse<T>(schema: Schema<T>, input: unknown): T {
  const { data, error } = schema.safeParse(input);
  if (data !== undefined) return data;
  const fields = (error?.issues ?? []).map((issue) => [issue.path.join("."), issue.message]);
  throw new AppError("invalid", { fields: Object.fromEntries(fields) });
}

function toSentence(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  const failures: Record<string, { title: string; body: string }> = messages.people.failures;
  const failure = failures[error.code];
  if (failure) return `${failure.title} ${failure.body}`;
  const wrong = Object.entries(error.fields ?? {});
  return wrong.length === 0 ? error.message : wrong.map(toFieldSentence).join("\n");
}

function toFieldSentence([field, problem]: [string, string]): string {
  const problems: Record<string, string> = messages.people.problems;
  const choices: Record<string, string> = {
    role: "--role must be seller, head or admin.",
    locale: "--language must be en or ru.",
    name: "--name is missing.",
  };
  return choices[field] && !problems[problem]
    ? choices[field]
    : `--${field}: ${problems[problem] ?? problem}.`;
}
