import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const OWN_FOLDER = ".data";
export const DATABASE = `file:${OWN_FOLDER}/lead-desk.db`;

/** Reads .env.local and .env; variables that are set already keep their values. */
export function loadSettings(): void {
  for (const file of [".env.local", ".env"].filter((name) => existsSync(name))) process.loadEnvFile(file);
}

/** The SQLite file of the settings; undefined when they name another database. */
export function toDatabaseFile({ DATABASE_URL }: NodeJS.ProcessEnv): string | undefined {
  return /^file:(.+)/.exec(DATABASE_URL || DATABASE)?.[1];
}

/** The folder of everything the desk writes: that of its SQLite file, or `.data`, which is the desk's alone. */
export function toDataFolder(env: NodeJS.ProcessEnv): string {
  const folder = dirname(toDatabaseFile(env) ?? "");
  return folder === "." ? OWN_FOLDER : folder;
}

/** Where people on this machine open the desk: 0.0.0.0 and :: mean every address. */
export function toDefaultUrl({ HOST, PORT }: NodeJS.ProcessEnv): string {
  const host = HOST || "127.0.0.1";
  const address = host.includes(":") ? `[${host}]` : host;
  return `http://${["0.0.0.0", "[::]"].includes(address) ? "localhost" : address}:${PORT || 3000}`;
}

/** Adds the settings that `npm start` makes by itself, so that a command can use lib/. */
export function loadSettingsOfApp(): void {
  loadSettings();
  const { env } = process;
  env.DATABASE_URL ||= DATABASE;
  const secret = join(toDataFolder(env), "secret");
  env.NEXTAUTH_SECRET ||= existsSync(secret) ? readFileSync(secret, "utf8").trim() : "0".repeat(32);
  env.NEXTAUTH_URL ||= toDefaultUrl(env);
}
