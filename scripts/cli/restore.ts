import "../aliases.mjs";
import { constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import {
  findDatabaseFile,
  findFault,
  readFileArgument,
  refuse,
  toFolder,
  toSideFiles,
} from "./database-file.ts";

// Imported after the aliases, which the files of lib/ need.
const { findForeign } = await import("./find-foreign.ts");

const target = findDatabaseFile("restore it");
const file = readFileArgument("restore");
if (!existsSync(file)) refuse(`There is no file ${file}.`);
mkdirSync(toFolder(target), { recursive: true, mode: 0o700 });

const restored = `${target}.restoring`;
await prepare();
const old = putAside();
renameSync(restored, target);
process.stdout.write(
  `Restored ${file} to ${target}.\n` +
    (old
      ? `The previous database is kept as ${old}. Only it has the leads entered since the backup.\n`
      : "") +
    "At the next start, Lead Desk checks Kommo for every lead that was undelivered when the backup was made, before it sends any.\n" +
    "Everyone has to sign in again. Repeat any erasures and disabled accounts made since the backup.\n",
);

/** Checks a copy, so that the back-up stays as it is, and marks it: the next start verifies before it sends. */
async function prepare(): Promise<void> {
  process.umask(0o077);
  rmSync(restored, { force: true });
  copyFileSync(file, restored, constants.COPYFILE_EXCL);
  const copy = new DatabaseSync(restored);
  const fault = findFault(copy) ?? (await findForeign(copy));
  if (!fault) mark(copy);
  copy.close();
  if (!fault) return;
  for (const path of [restored, ...toSideFiles(restored)]) rmSync(path, { force: true });
  refuse(`${file} ${fault} Nothing was changed.`);
}

function mark(copy: DatabaseSync): void {
  copy.exec(`
    pragma journal_mode = delete;
    create table if not exists restore_point (id text primary key, restored_at bigint);
    insert or replace into restore_point (id, restored_at) values ('look-first', ${Date.now()});
  `);
}

/** SQLite refuses to end the journal of a database that another process has open: that reveals a running app. */
function putAside(): string | undefined {
  if (!existsSync(target)) return undefined;
  const current = new DatabaseSync(target, { timeout: 0 });
  try {
    current.exec("pragma journal_mode = delete");
  } catch (error) {
    if (error instanceof Error && error.message.includes("locked")) {
      rmSync(restored);
      refuse("Lead Desk is using this database. Stop it, then restore. Nothing was changed.");
    }
    // A database that cannot be read is put aside too: it may be the reason for the restore.
  }
  current.close();
  const kept = `${target}.before-${new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14)}`;
  for (const path of toSideFiles(target)) renameSync(path, path.replace(target, kept));
  renameSync(target, kept);
  return kept;
}
