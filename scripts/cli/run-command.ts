import { type Db, openDb } from "../../lib/db/client.ts";
import { migrate } from "../../lib/db/migrate.ts";
import { loadSettingsOfApp } from "../load-settings.ts";
import type { Terminal } from "./terminal.ts";

/** The app's own database, by its settings, which are in the environment then. */
export function openOwnDatabase(): Db {
  loadSettingsOfApp();
  // A database that is created here is readable by this user only.
  process.umask(0o077);
  return openDb(process.env.DATABASE_URL ?? "");
}

/**
 * Brings the database up to this version, acts, and closes it. What fails is a sentence. Answers the exit code: 1 for what
 * failed, else what `act` answers.
 */
export async function runCommand(
  db: Db,
  { err }: Terminal,
  act: () => Promise<number>,
  toSentence: (error: unknown) => string,
): Promise<number> {
  try {
    await migrate(db);
    return await act();
  } catch (error) {
    err.write(`${toSentence(error)}\n`);
    return 1;
  } finally {
    await db.destroy();
  }
}
