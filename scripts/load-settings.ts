import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const DATABASE = "file:.data/lead-desk.db";

/** Reads .env.local and .env; variables that are set already keep their values. */
export function loadSettings(): void {
  for (const file of [".env.local", ".env"].filter((name) => existsSync(name))) process.loadEnvFile(file);
}

/** Adds the settings that `npm start` makes by itself, so that a command can use lib/. */
export function loadSettingsOfApp(): void {
  loadSettings();
  const { env } = process;
  env.DATABASE_URL ||= DATABASE;
  const file = /^file:(.+)/.exec(env.DATABASE_URL)?.[1];
  const secret = join(file ? dirname(file) : ".data", "secret");
  env.NEXTAUTH_SECRET ||= existsSync(secret) ? readFileSync(secret, "utf8").trim() : "0".repeat(32);
  env.NEXTAUTH_URL ||= `http://${env.HOST || "127.0.0.1"}:${env.PORT || 3000}`;
}
