import { chmodSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openDataFolder } from "@/scripts/data-folder";
import { keepPrivate } from "@/scripts/keep-private";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "desk-"));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

const modeOf = (path: string) => statSync(path).mode & 0o777;
const open = (path: string, isNeeded = true) =>
  openDataFolder({ NODE_ENV: "test", DATABASE_URL: `file:${path}` }, isNeeded);
const fail = () => {
  throw new Error("EPERM");
};

function make(name: string, mode: number): string {
  const path = join(folder, name);
  writeFileSync(path, "x");
  chmodSync(path, mode);
  return path;
}

describe("a file of ours", () => {
  test.each([0o644, 0o660, 0o666])("that others may read (%o) is closed to them", (mode) => {
    const file = make("lead-desk.db", mode);

    keepPrivate(file, "file");

    expect(modeOf(file)).toBe(0o600);
  });

  test("whose mode cannot be changed is left where it is safe, and refused in words where it is not", () => {
    expect(() => keepPrivate(make("group.db", 0o660), "file", fail)).not.toThrow();
    expect(() => keepPrivate(make("open.db", 0o664), "file", fail)).toThrow(
      "its permissions cannot be changed",
    );
  });
});

test("a file of another user's is left as it is", () => {
  const file = make("shared.db", 0o664);
  vi.spyOn(process, "getuid").mockReturnValue(statSync(file).uid + 1);

  keepPrivate(file, "file");

  expect(modeOf(file)).toBe(0o664);
});

test("what is no file keeps its permissions, also behind a link", () => {
  const other = join(folder, "shared");
  const link = join(folder, "lead-desk.db");
  mkdirSync(other);
  chmodSync(other, 0o777);
  symlinkSync(other, link);

  expect(() => keepPrivate(link, "file")).toThrow("is not a file");
  expect(() => keepPrivate("/dev/null", "file")).toThrow("is not a file");

  expect(modeOf(other)).toBe(0o777);
});

describe("the data folder", () => {
  test("is made, and our files in it are closed to others", () => {
    const secret = make("secret", 0o644);
    const foreign = make("notes.txt", 0o644);

    expect(open(join(folder, "lead-desk.db"))).toBe(folder);

    expect([modeOf(secret), modeOf(foreign)]).toEqual([0o600, 0o644]);
    expect(modeOf(open(join(folder, "new", "lead-desk.db")))).toBe(0o700);
  });

  test("named in place of a file is refused in words, and keeps its permissions", () => {
    chmodSync(folder, 0o777);

    expect(() => open(folder)).toThrow(`file:${folder}/lead-desk.db`);

    expect(modeOf(folder)).toBe(0o777);
  });

  test("that cannot be written is one sentence, and no failure where nothing has to be written", () => {
    const path = join(make("file", 0o600), "lead-desk.db");

    expect(() => open(path)).toThrow("where this user cannot write");
    expect(() => open(path, false)).not.toThrow();
  });
});
