import { parseArgs } from "node:util";
import type { Db } from "../../lib/db/client.ts";
import { AppError } from "../../lib/errors.ts";
import * as forms from "../../lib/intake/mutations.ts";
import { findFormByKey, listForms } from "../../lib/intake/queries.ts";
import { newFormSchema } from "../../lib/intake/schema.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { runCommand } from "./run-command.ts";
import type { Terminal } from "./terminal.ts";

const USAGE = `Usage: npm run intake -- …
  list
  add     --name "Site" [--origin https://school.example]… [--thanks https://school.example/thanks] [--secret]
  pause   KEY
  resume  KEY
  rotate  KEY        prints a new key; the old address stops at once
`;

/** No person acts here: the log says "from the command line". */
const BY_TERMINAL = null;

type Say = (sentence: string) => void;

/** Answers the exit code, and closes the database. */
export function runIntake(db: Db, terminal: Terminal): Promise<number> {
  const say = (sentence: string) => {
    terminal.out.write(`${sentence}\n`);
  };
  const act = async () => {
    await run(readArguments(terminal), db, say);
    return 0;
  };
  return runCommand(db, terminal, act, toSentence);
}

function readArguments({ words: args }: Terminal) {
  const text = { type: "string" } as const;
  const options = {
    name: text,
    origin: { type: "string", multiple: true },
    thanks: text,
    secret: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [verb = "", key = ""] = positionals;
  return { verb, key, ...values };
}

async function run(given: ReturnType<typeof readArguments>, db: Db, say: Say): Promise<void> {
  const { verb, key, name, origin = [], thanks = "", secret } = given;
  switch (verb) {
    case "list":
      return sayList(db, say);
    case "add":
      return add({ name, origins: origin, thanks }, secret === true, db, say);
    case "pause":
      await forms.pauseForm(await findId(key, db), BY_TERMINAL, db);
      return say("Paused. Nothing is accepted until you resume it.");
    case "resume":
      await forms.resumeForm(await findId(key, db), BY_TERMINAL, db);
      return say("Open again.");
    case "rotate":
      return sayKey((await forms.rotateKey(await findId(key, db), BY_TERMINAL, db)).key, say);
    default:
      throw new AppError("invalid", { message: USAGE });
  }
}

async function add(given: object, withSecret: boolean, db: Db, say: Say): Promise<void> {
  const { data, error } = newFormSchema.safeParse(given);
  if (!data) {
    const wrong = (error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]);
    throw new AppError("invalid", { fields: Object.fromEntries(wrong) });
  }
  const { id, key } = await forms.createForm(data, BY_TERMINAL, db);
  sayKey(key, say);
  if (!withSecret) return;
  const { secret } = await forms.addSecret({ id, days: null }, BY_TERMINAL, db);
  say(`Secret (shown this once): ${secret}`);
}

async function sayList(db: Db, say: Say): Promise<void> {
  for (const { key, name, origins, pausedAt } of await listForms(db)) {
    say([key, pausedAt === null ? "open" : "paused", name, origins.join(" ") || "-"].join("\t"));
  }
}

function sayKey(key: string, say: Say): void {
  const { origin } = new URL(process.env.NEXTAUTH_URL ?? "");
  say(`Key: ${key}\nAddress: ${origin}/api/intake/${key}\nPage of the form: ${origin}/f/${key}`);
}

async function findId(key: string, db: Db): Promise<string> {
  const form = await findFormByKey(key, db);
  if (form) return form.id;
  throw new AppError("invalid", {
    message: "No form has this key. To see all forms, run: npm run intake -- list",
  });
}

function toSentence(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  const problems: Record<string, string> = messages.intake.problems;
  const options: Record<string, string> = { name: "--name", origins: "--origin", thanks: "--thanks" };
  const wrong = Object.entries(error.fields ?? {});
  if (wrong.length === 0) return error.message;
  return wrong
    .map(([field, problem]) => `${options[field] ?? field}: ${problems[problem] ?? problems.name_missing}`)
    .join("\n");
}
