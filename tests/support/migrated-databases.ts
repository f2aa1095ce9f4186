import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { dropDatabases, makeDatabase } from "./postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** A file of SQLite and the name of a database on the server, to be copied. */
    migrated: { file: string; template: string | undefined };
  }
}

/** Migrates one database of each kind, for the tests to copy, and drops what they have made on the server. */
export default async function makeMigratedDatabases(project: TestProject): Promise<() => Promise<void>> {
  const run = `${randomBytes(4).toString("hex")}_`;
  process.env.DESK_TEST_RUN = run;
  const server = process.env.TEST_POSTGRES_URL;
  const folder = mkdtempSync(join(tmpdir(), "desk-migrated-"));
  const file = join(folder, "desk.db");
  const url = server && (await makeDatabase(server));
  await Promise.all([migrateAt(`file:${file}`), url && migrateAt(url)]);
  project.provide("migrated", { file, template: url && new URL(url).pathname.slice(1) });
  return async () => {
    rmSync(folder, { recursive: true });
    if (server) await dropDatabases(server, run);
  };
}

async function migrateAt(url: string): Promise<void> {
  const db = openDb(url);
  await migrate(db);
  await db.destroy();
}
