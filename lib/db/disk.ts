import "server-only";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "@/lib/errors";

// Result codes of SQLite: an error of input or output, and a full disk.
const OF_SQLITE = [10, 13];
const OF_SYSTEM = ["ENOSPC", "EDQUOT", "EIO"];
// Of PostgreSQL: the server's disk is full, or fails.
const OF_POSTGRES = ["53100", "58030"];

const FULL_BELOW_BYTES = 20 * 1024 * 1024;
const REMEMBERED_MS = 60_000;

/** On globalThis, as the health page is bundled apart from the actions and the loop. */
const shared = globalThis as typeof globalThis & { leadDeskDiskFailedAt?: number };

/** `disk_full` for an error that says that nothing can be written, which health then tells; undefined for any other. */
export function toDiskFailure(error: unknown, monotonic = performance.now()): AppError | undefined {
  if (!isOfDisk(error)) return undefined;
  shared.leadDeskDiskFailedAt = monotonic;
  return new AppError("disk_full", { cause: error });
}

function isOfDisk(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  // The lower eight bits are the kind; the others say which operation it was.
  if ("errcode" in error && typeof error.errcode === "number")
    return OF_SQLITE.includes(error.errcode & 0xff);
  return "code" in error && [...OF_SYSTEM, ...OF_POSTGRES].includes(String(error.code));
}

/** *full*: something could not be written within the last minute, or the disk of the SQLite file has next to no space. */
export async function findDiskState(
  databaseUrl: string,
  monotonic = performance.now(),
  readSpace: typeof statfs = statfs,
): Promise<"ok" | "full"> {
  if (monotonic - (shared.leadDeskDiskFailedAt ?? Number.NEGATIVE_INFINITY) < REMEMBERED_MS) return "full";
  const [, file] = /^file:(.*)/.exec(databaseUrl) ?? [];
  if (file === undefined || file === ":memory:") return "ok";
  const space = await readSpace(dirname(file)).catch(() => undefined);
  return space && space.bavail * space.bsize < FULL_BELOW_BYTES ? "full" : "ok";
}
