import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { DATABASE, loadSettings, toDatabaseFile } from "../load-settings.ts";

const MIGRATIONS = join(import.meta.dirname, "..", "..", "lib", "db", "migrations");

/** Ends the command with one sentence. */
export function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

export function readDatabaseUrl(): string {
  loadSettings();
  return process.env.DATABASE_URL || DATABASE;
}

/** The file of the app's SQLite database; for PostgreSQL it ends with a pointer to the README. */
export function findDatabaseFile(verb: string): string {
  loadSettings();
  return (
    toDatabaseFile(process.env) ??
    refuse(`DATABASE_URL is a PostgreSQL server: ${verb} with its own tools (README, Operating).`)
  );
}

/** The FILE of the command line, relative to the folder in which the command was typed. */
export function readFileArgument(command: string): string {
  const [file] = process.argv.slice(2);
  if (!file) refuse(`Name a file: npm run ${command} -- FILE`);
  return resolve(process.env.INIT_CWD ?? ".", file);
}

/** Undefined for a sound database that this program can open; otherwise a sentence that says what is wrong. */
export function findFault(database: DatabaseSync): string | undefined {
  try {
    const names = list(database, "select name from sqlite_master where type = 'table'");
    if (!["kysely_migration", "leads", "sender"].every((name) => names.includes(name))) {
      return "is not a Lead Desk database.";
    }
    const known = readdirSync(MIGRATIONS).map((name) => name.replace(/\.ts$/, ""));
    const newer = list(database, "select name from kysely_migration").filter((name) => !known.includes(name));
    if (newer.length > 0) return "was created by a newer version of Lead Desk: restore it with that version.";
    const [result] = list(database, "select quick_check as name from pragma_quick_check");
    return result === "ok" ? undefined : "is damaged: use another backup.";
  } catch {
    return "is not a database, or is damaged.";
  }
}

function list(database: DatabaseSync, query: string): string[] {
  return database
    .prepare(query)
    .all()
    .map(({ name }) => String(name));
}

export function toSideFiles(file: string): string[] {
  return ["-wal", "-shm"].map((end) => file + end).filter((path) => existsSync(path));
}

export function toFolder(file: string): string {
  return dirname(resolve(file));
}
