import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { isBuilt } from "../../../scripts/build.ts";

const STAMP = ".next/lead-desk-build";

/** Each file is as many seconds old as it says, and its folder is old: a folder is young once something in it has gone. */
function toHome(files: Record<string, number>): string {
  const home = mkdtempSync(join(tmpdir(), "desk-"));
  for (const [file, age] of Object.entries(files)) {
    mkdirSync(dirname(join(home, file)), { recursive: true });
    writeFileSync(join(home, file), "");
    utimesSync(join(home, file), 10_000 - age, 10_000 - age);
    utimesSync(join(home, dirname(file)), 0, 0);
  }
  return home;
}

const older = { "app/page.tsx": 90, "package-lock.json": 90, "node_modules/.package-lock.json": 80 };

test("a build that is newer than its sources stays", () => {
  expect(isBuilt(toHome({ ...older, [STAMP]: 50 }))).toBe(true);
});

test.each(["app/page.tsx", "lib/env.ts", "next.config.mjs", "package-lock.json"])(
  "a newer %s builds again",
  (file) => {
    expect(isBuilt(toHome({ ...older, [STAMP]: 50, [file]: 10 }))).toBe(false);
  },
);

test("packages that were installed after the build build again, the lockfile being as old as it is", () => {
  expect(isBuilt(toHome({ ...older, [STAMP]: 50, "node_modules/.package-lock.json": 10 }))).toBe(false);
});

test("half a build does not count", () => {
  expect(isBuilt(toHome({ ...older, ".next/BUILD_ID": 10 }))).toBe(false);
});
