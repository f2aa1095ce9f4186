import "server-only";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SendingsFile } from "@/lib/delivery/duty";
import { log } from "@/lib/log";

const DIGITS = /^\d{1,15}\n$/;

/** Where the count of this database is kept: beside a SQLite file, in the data folder for PostgreSQL; none in memory. */
export function toSendingsPath(databaseUrl: string): string | undefined {
  if (databaseUrl.startsWith("file:")) {
    const path = databaseUrl.slice("file:".length);
    return path === ":memory:" ? undefined : `${path}-sendings`;
  }
  const { host, pathname, searchParams } = new URL(databaseUrl);
  // All others say how to connect, not to which database.
  const overriding = ["host", "port"].map((name) => searchParams.get(name) ?? "");
  const name = createHash("sha256")
    .update([`${host}${pathname}`, ...overriding].join("\n"))
    .digest("hex");
  return join(".data", `${name.slice(0, 16)}-sendings`);
}

/** Opens the count. What stands there and is no count may have been any: then every database is behind. */
export function openSendingsFile(path: string): SendingsFile {
  const found = readCount(path);
  let isKnown = found !== "unreadable";
  let highest = toNumber(found);
  // It was written up to this, or could not be.
  let tried = highest;
  let writing: Promise<void> | undefined;

  const remember = (sendings: number) => {
    highest = Math.max(highest, sendings);
  };
  async function write(): Promise<void> {
    // Another process of this machine may have counted on.
    remember(toNumber(readCount(path)));
    const count = highest;
    await writeDurably(path, `${count}\n`).catch((err) =>
      log.error({ err }, "the count of sendings cannot be kept: a database copied back may not be noticed"),
    );
    tried = count;
    writing = undefined;
  }

  return {
    isBehind: (sendings, least = highest) => !isKnown || sendings < least,
    highest: () => highest,
    remember,
    async note(sendings) {
      isKnown = true;
      remember(sendings);
      while (tried < sendings) {
        writing ??= write();
        await writing;
      }
    },
  };
}

function toNumber(found: number | "unreadable"): number {
  return found === "unreadable" ? 0 : found;
}

function readCount(path: string): number | "unreadable" {
  try {
    const text = readFileSync(path, "utf8");
    return DIGITS.test(text) ? Number(text) : "unreadable";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    return "unreadable";
  }
}

/** A crash leaves the old text or the new one. */
async function writeDurably(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close());
}
