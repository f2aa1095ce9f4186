import "../aliases.mjs";
import { parseArgs } from "node:util";
import { AppError } from "../../lib/errors.ts";
import messages from "../../messages/en.json" with { type: "json" };
import { openOwnDatabase, runCommand } from "./run-command.ts";

// Imported after the aliases, which the files of lib/ need.
const forms = await import("../../lib/intake/mutations.ts");
const { findFormByKey, listForms } = await import("../../lib/intake/queries.ts");
const { newFormSchema } = await import("../../lib/intake/schema.ts");

const USAGE = `Usage: npm run intake -- …
  list
  add     --name "Site" [--origin https://school.example]… [--thanks https://school.example/thanks] [--secret]
  pause   KEY
  resume  KEY
  rotate  KEY        prints a new key; the old address stops at once
`;

/** No person acts here: the log says "from the command line". */
const BY_TERMINAL = null;

const db = openOwnDatabase();
const { NEXTAUTH_URL = "" } = process.env;
await runCommand(db, () => run(readArguments()), toSentence);

function readArguments() {
  const text = { type: "string" } as const;
  const options = {
    name: text,
    origin: { type: "string", multiple: true },
    thanks: text,
    secret: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [verb = "", key = ""] = positionals;
  return { verb, key, ...values };
}

async function run({ verb, key, name, origin = [], thanks = "", secret }: ReturnType<typeof readArguments>) {
  switch (verb) {
    case "list":
      return sayList();
    case "add":
      return add({ name, origins: origin, thanks }, secret === true);
    case "pause":
      await forms.pauseForm(await findId(key), BY_TERMINAL, db);
      return say("Paused. Nothing is accepted until you resume it.");
    case "resume":
      await forms.resumeForm(await findId(key), BY_TERMINAL, db);
      return say("Open again.");
    case "rotate":
      return sayKey((await forms.rotateKey(await findId(key), BY_TERMINAL, db)).key);
    default:
      throw new AppError("invalid", { message: USAGE });
  }
}

async function add(given: object, withSecret: boolean): Promise<void> {
  const { data, error } = newFormSchema.safeParse(given);
  if (!data) {
    const wrong = (error?.issues ?? []).map(({ path, message }) => [String(path[0]), message]);
    throw new AppError("invalid", { fields: Object.fromEntries(wrong) });
  }
  const { id, key } = await forms.createForm(data, BY_TERMINAL, db);
  sayKey(key);
  if (!withSecret) return;
  const { secret } = await forms.addSecret({ id, days: null }, BY_TERMINAL, db);
  say(`Secret (shown this once): ${secret}`);
}

async function sayList(): Promise<void> {
  for (const { key, name, origins, pausedAt } of await listForms(db)) {
    say([key, pausedAt === null ? "open" : "paused", name, origins.join(" ") || "-"].join("\t"));
  }
}

function sayKey(key: string): void {
  const { origin } = new URL(NEXTAUTH_URL);
  say(`Key: ${key}\nAddress: ${origin}/api/intake/${key}\nPage of the form: ${origin}/f/${key}`);
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

async function findId(key: string): Promise<string> {
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
