import "../aliases.mjs";
import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { loadSettingsOfApp, toDatabaseFile } from "../load-settings.ts";
import { refuse } from "./database-file.ts";

// Imported after the aliases, which the files of lib/ need.
const { openDb } = await import("../../lib/db/client.ts");
const { streamAudit } = await import("../../lib/audit/queries.ts");

const USAGE = `Usage: npm run audit:export -- --since 2026-11-01
  Writes the log since that day or time as lines of JSON, oldest first.
`;
const NO_DATABASE =
  "There is no Lead Desk database of this version at DATABASE_URL, or it does not answer. Start Lead Desk once, then try again.";
const DAY_OR_TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

const since = readSince();
loadSettingsOfApp();
const file = toDatabaseFile(process.env);
if (file && !existsSync(file)) refuse(`There is no database at ${file}.`);
const db = openDb(process.env.DATABASE_URL ?? "");
try {
  await pipeline(Readable.from(toLines()), process.stdout, { end: false });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  // Whoever reads the lines may have had enough of them.
  if (code !== "EPIPE") {
    process.stderr.write(`${NO_DATABASE} (${message})\n`);
    process.exitCode = 1;
  }
} finally {
  await db.destroy();
}

async function* toLines(): AsyncGenerator<string> {
  for await (const entry of streamAudit(since, db)) yield `${JSON.stringify(entry)}\n`;
}

/** In epoch ms. A day begins at midnight in UTC. */
function readSince(): number {
  const asked = readArgument();
  if (asked === undefined) refuse(USAGE.trimEnd());
  const at = DAY_OR_TIME.test(asked) ? Date.parse(asked) : Number.NaN;
  if (Number.isNaN(at)) {
    refuse("--since is a day or a time with its zone, for example 2026-11-01 or 2026-11-01T09:30:00+03:00.");
  }
  return at;
}

function readArgument(): string | undefined {
  try {
    return parseArgs({ options: { since: { type: "string" } } }).values.since;
  } catch {
    return undefined;
  }
}
