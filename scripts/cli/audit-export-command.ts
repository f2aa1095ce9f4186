import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { streamAudit } from "../../lib/audit/queries.ts";
import { type Db, openDb } from "../../lib/db/client.ts";
import { toDatabaseFile } from "../load-settings.ts";
import type { Terminal } from "./terminal.ts";

const USAGE = `Usage: npm run audit:export -- --since 2026-11-01
  Writes the log since that day or time as lines of JSON, oldest first.
`;
const NO_DATABASE =
  "There is no Lead Desk database of this version at DATABASE_URL, or it does not answer. Start Lead Desk once, then try again.";
const NO_TIME =
  "--since is a day or a time with its zone, for example 2026-11-01 or 2026-11-01T09:30:00+03:00.";
const DAY_OR_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** By the settings in the environment. Answers the exit code. */
export async function runAuditExport({ words, out, err }: Terminal): Promise<number> {
  const refuse = (sentence: string) => {
    err.write(`${sentence}\n`);
    return 1;
  };
  const since = readSince(words);
  if (typeof since === "string") return refuse(since);
  const { env } = process;
  const file = toDatabaseFile(env);
  if (file && !existsSync(file)) return refuse(`There is no database at ${file}.`);
  const db = openDb(env.DATABASE_URL ?? "");
  try {
    await pipeline(Readable.from(toLines(since, db)), out, { end: false });
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Whoever reads the lines may have had enough of them.
    return code === "EPIPE" ? 0 : refuse(`${NO_DATABASE} (${message})`);
  } finally {
    await db.destroy();
  }
}

async function* toLines(since: number, db: Db): AsyncGenerator<string> {
  for await (const entry of streamAudit(since, db)) yield `${JSON.stringify(entry)}\n`;
}

/** In epoch ms; a day begins at midnight in UTC. What is no time is answered by a sentence. */
function readSince(words: string[]): number | string {
  const asked = readArgument(words);
  if (asked === undefined) return USAGE.trimEnd();
  const at = DAY_OR_TIME.test(asked) ? Date.parse(asked) : Number.NaN;
  return Number.isNaN(at) ? NO_TIME : at;
}

function readArgument(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { since: { type: "string" } } }).values.since;
  } catch {
    return undefined;
  }
}
