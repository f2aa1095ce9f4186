import { closeSync, constants, fchmodSync, fstatSync, openSync } from "node:fs";
import { AppError } from "../lib/errors.ts";

const MODES = { file: 0o600, folder: 0o700 };
const OTHERS = 0o007;
const OTHERS_AND_GROUP = 0o077;
// Without it, opening a pipe would wait for its other end.
const READ = constants.O_RDONLY | constants.O_NONBLOCK;

/**
 * Removes the access of other users to what is ours, and says so, as they may have read it already. Whose it is, and what, is
 * asked of the opened file, which nobody can exchange meanwhile. What belongs to another user is left as it is: a volume
 * may be shared by its group. Throws `settings` in words.
 */
export function keepPrivate(
  path: string,
  kind: keyof typeof MODES,
  changeMode: (descriptor: number, mode: number) => void = fchmodSync,
): void {
  const descriptor = open(path);
  try {
    const found = fstatSync(descriptor);
    if (!(kind === "file" ? found.isFile() : found.isDirectory())) {
      throw toRefusal(`${path} is not a ${kind}: move it away, or name another place in DATABASE_URL.`);
    }
    if (found.uid !== process.getuid?.() || (found.mode & OTHERS_AND_GROUP) === 0) return;
    try {
      changeMode(descriptor, MODES[kind]);
      process.stderr.write(`Other users of this machine could read ${path}; now they cannot.\n`);
    } catch {
      if ((found.mode & OTHERS) === 0) return;
      throw toRefusal(
        `Other users of this machine can read ${path}, and its permissions cannot be changed: move it to a disk that has permissions, and set DATABASE_URL to it.`,
      );
    }
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, READ);
  } catch (cause) {
    throw toRefusal(`${path} cannot be read by this user: change its owner or its permissions.`, cause);
  }
}

function toRefusal(message: string, cause?: unknown): AppError {
  return new AppError("settings", { message, cause });
}
