import "../aliases.mjs";
import type { Db } from "../../lib/db/client.ts";
import { loadSettingsOfApp } from "../load-settings.ts";

// Imported after the aliases, which the files of lib/ need.
const { openDb } = await import("../../lib/db/client.ts");
const { migrate } = await import("../../lib/db/migrate.ts");

/** The app's own database, by its settings, which are in the environment then. */
export function openOwnDatabase(): Db {
  loadSettingsOfApp();
  // A database that is created here is readable by this user only.
  process.umask(0o077);
  return openDb(process.env.DATABASE_URL ?? "");
}

/** Brings the database up to this version, acts, and closes it. What fails is a sentence, and the exit code 1. */
export async function runCommand(
  db: Db,
  act: () => Promise<void>,
  toSentence: (error: unknown) => string,
): Promise<void> {
  try {
    await migrate(db);
    await act();
  } catch (error) {
    process.stderr.write(`${toSentence(error)}\n`);
    process.exitCode = 1;
  } finally {
    await db.destroy();
  }
}
