import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { openSendingsFile, toSendingsPath } from "@/lib/delivery/restore/sendings-file";

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), "sendings-")), "desk.db-sendings");
});

describe("the count of sendings", () => {
  test("of a new desk knows no database that is behind", () => {
    expect(openSendingsFile(path).isBehind(0)).toBe(false);
  });

  test("stands on the disk before it is told that it does, and no other file is left", async () => {
    await openSendingsFile(path).note(7);

    expect(readFileSync(path, "utf8")).toBe("7\n");
    expect(readdirSync(dirname(path))).toEqual(["desk.db-sendings"]);
    expect(openSendingsFile(path).highest()).toBe(7);
  });

  test("tells a database that has forgotten sendings from one that has more", async () => {
    const sendings = openSendingsFile(path);
    await sendings.note(7);

    expect([6, 7, 8].map((count) => sendings.isBehind(count))).toEqual([true, false, false]);
  });

  test("never goes back, whichever of several deliveries is first", async () => {
    const sendings = openSendingsFile(path);

    await Promise.all([3, 1, 2].map((count) => sendings.note(count)));

    expect(readFileSync(path, "utf8")).toBe("3\n");
  });

  test("is not lowered by a process that has waited since it was smaller", async () => {
    const waiting = openSendingsFile(path);
    await openSendingsFile(path).note(7);

    await waiting.note(5);

    expect(readFileSync(path, "utf8")).toBe("7\n");
    expect(waiting.isBehind(6)).toBe(true);
  });

  test("is remembered by a process that waits while another one counts", () => {
    const waiting = openSendingsFile(path);

    waiting.remember(7);

    expect([6, 7].map((count) => waiting.isBehind(count))).toEqual([true, false]);
  });

  test("is not disturbed by what another process is just writing", async () => {
    mkdirSync(`${path}.new`);

    await openSendingsFile(path).note(7);

    expect(readFileSync(path, "utf8")).toBe("7\n");
  });

  test.each(["", "7", "a\n", "-1\n"])(
    "that reads %j may have been any: every database is behind",
    async (text) => {
      writeFileSync(path, text);
      const sendings = openSendingsFile(path);

      expect(sendings.isBehind(1000)).toBe(true);
      await sendings.note(5);
      expect(sendings.isBehind(5)).toBe(false);
    },
  );

  test("goes on in memory where the file cannot be written", async () => {
    mkdirSync(`${path}.${process.pid}.new`);
    const sendings = openSendingsFile(path);

    await sendings.note(7);

    expect(sendings.isBehind(6)).toBe(true);
  });
});

test("each database has a file of its own: beside SQLite's, in the data folder for PostgreSQL, none in memory", () => {
  const [one, other] = ["one", "other"].map((name) => toSendingsPath(`postgres://user:secret@host/${name}`));

  expect(toSendingsPath("file:data/desk.db")).toBe("data/desk.db-sendings");
  expect(toSendingsPath("file::memory:")).toBeUndefined();
  expect(one).toMatch(/^\.data\/[0-9a-f]{16}-sendings$/);
  expect(one).not.toBe(other);
  expect(toSendingsPath("postgres://user:another@host/one")).toBe(one);
  expect(toSendingsPath("postgres://user@host/one?sslmode=verify-full&application_name=desk")).toBe(one);
  expect(toSendingsPath("postgres://user@host/one?port=5433")).not.toBe(one);
  expect(toSendingsPath("postgres://user@localhost/one?host=/var/run/postgresql")).not.toBe(
    toSendingsPath("postgres://user@localhost/one?host=/other"),
  );
});
