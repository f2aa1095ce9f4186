import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { toDataFolder } from "../load-settings.ts";
import { findDatabaseFile, findFault, readFileArgument, refuse, toSideFiles } from "./database-file.ts";

const source = findDatabaseFile("back it up");
const target = readFileArgument("backup");
if (!existsSync(source)) refuse(`There is no database at ${source}.`);

makeEmpty(target);
try {
  await copy();
} catch (error) {
  for (const path of [target, ...toSideFiles(target)]) rmSync(path, { force: true });
  refuse(`The backup was not made: ${error instanceof Error ? error.message : error}`);
}

/** Creates the file for its owner only and fails if it exists, so two back-ups at once cannot share a name. */
function makeEmpty(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST")
      refuse(`${file} already exists, and a backup never overwrites a file: choose another name.`);
    refuse(`${file} cannot be written (${code}): choose a folder that exists and that you can write to.`);
  }
}

async function copy(): Promise<void> {
  const live = new DatabaseSync(source, { readOnly: true, timeout: 5000 });
  await backup(live, target);
  live.close();

  const made = new DatabaseSync(target);
  // Without a journal mode of its own the copy is one file, not three.
  made.exec("pragma journal_mode = delete");
  const fault = findFault(made);
  if (fault) throw new Error(`the copy ${fault}`);
  const { count } = made.prepare("select count(*) as count from leads").get() ?? {};
  made.close();
  flush(target);

  const size = (statSync(target).size / 1024 / 1024).toFixed(1);
  const secret = join(toDataFolder(process.env), "secret");
  process.stdout.write(
    `${target}: ${count} leads, ${size} MB. Personal data: keep it where only you can read it.\n` +
      `Keep ${process.env.NEXTAUTH_SECRET ? "NEXTAUTH_SECRET" : secret} too, in another place: without it, the stored Kommo token cannot be read (README, Operating).\n`,
  );
}

function flush(file: string): void {
  const handle = openSync(file, "r+");
  fsyncSync(handle);
  closeSync(handle);
}
