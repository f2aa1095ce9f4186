import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../lib/errors.ts";
import { keepPrivate } from "./keep-private.ts";
import { OWN_FOLDER, toDatabaseFile, toDataFolder } from "./load-settings.ts";

const OWN_FILES = ["secret", "practice-kommo.json"];

/**
 * The folder of everything the desk writes, made where it is missing, with our files in it closed to other users. Throws
 * `settings` in words where it cannot be used. `isNeeded`: false where nothing has to be written there.
 */
export function openDataFolder(env: NodeJS.ProcessEnv, isNeeded: boolean): string {
  const folder = toDataFolder(env);
  const database = toDatabaseFile(env);
  // Before anything is made beside it: the folder of `file:/tmp` is the root of the disk.
  if (database && existsSync(database) && !statSync(database).isFile()) {
    throw new AppError("settings", {
      message: `DATABASE_URL names ${database}, which is not a file: name one, for example file:${join(database, "lead-desk.db")}.`,
    });
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (!isNeeded) return folder;
    throw new AppError("settings", {
      cause,
      message: `Lead Desk keeps its data in ${folder}, where this user cannot write: make that folder writable, or name another place in DATABASE_URL, for example file:/srv/lead-desk/lead-desk.db.`,
    });
  }
  // A folder named in the settings may be shared with others, so only our files in it are closed to them.
  if (folder === OWN_FOLDER) keepPrivate(folder, "folder");
  const files = [...(database ? [database] : []), ...OWN_FILES.map((name) => join(folder, name))];
  for (const file of files.filter((path) => existsSync(path))) keepPrivate(file, "file");
  return folder;
}
