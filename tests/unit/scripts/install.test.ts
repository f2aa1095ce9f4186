import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { bringBack, isComplete, isUsable, putInPlace } from "../../../scripts/install.mjs";

const wanted = {
  "": { version: "0.1.0" },
  "node_modules/next": { version: "16.0.0" },
  "node_modules/vitest": { version: "5.0.0", dev: true },
  "node_modules/playwright": { version: "1.0.0", devOptional: true },
  "node_modules/fsevents": { version: "2.0.0", optional: true },
};
const run = { "node_modules/next": { version: "16.0.0" } };
const whole = {
  ...run,
  "node_modules/vitest": { version: "5.0.0" },
  "node_modules/playwright": { version: "1.0.0" },
};

test("what a start has installed serves a start, and not the tests", () => {
  expect(isComplete(wanted, run, false)).toBe(true);
  expect(isComplete(wanted, run, true)).toBe(false);
});

test("what the tests have installed serves the tests and a start", () => {
  expect(isComplete(wanted, whole, true)).toBe(true);
  expect(isComplete(wanted, whole, false)).toBe(true);
});

test.each([
  ["nothing is installed", {}],
  ["a package has another version", { "node_modules/next": { version: "15.9.9" } }],
  ["an optional package has another version", { ...run, "node_modules/fsevents": { version: "1.0.0" } }],
])("an installation is not complete when %s", (_, present) => {
  expect(isComplete(wanted, present, false)).toBe(false);
});

test("while the registry is away, packages of other versions serve a start, and missing ones do not", () => {
  expect(isUsable(wanted, { "node_modules/next": { version: "15.9.9" } })).toBe(true);
  expect(isUsable(wanted, { "node_modules/vitest": { version: "5.0.0" } })).toBe(false);
  expect(isUsable(wanted, {})).toBe(false);
});

describe("a new installation", () => {
  const toHome = (...files: string[]) => {
    const home = mkdtempSync(join(tmpdir(), "desk-"));
    for (const file of files) {
      mkdirSync(dirname(join(home, file)), { recursive: true });
      writeFileSync(join(home, file), file);
    }
    return home;
  };
  const readMark = (home: string) => readFileSync(join(home, "node_modules", "mark"), "utf8");

  test("takes the place of the one before", () => {
    const home = toHome("node_modules/mark", ".install/node_modules/mark");

    putInPlace(home);

    expect(readMark(home)).toBe(".install/node_modules/mark");
    expect(existsSync(join(home, ".install"))).toBe(false);
  });

  test("that cannot take it leaves the one before", () => {
    const home = toHome("node_modules/mark", ".install/package.json");

    expect(() => putInPlace(home)).toThrow("ENOENT");

    expect(readMark(home)).toBe("node_modules/mark");
  });

  test("that a power cut has kept from it leaves the one before, at the next start", () => {
    const home = toHome(".install/before/mark", ".install/node_modules/mark");

    bringBack(home);

    expect(readMark(home)).toBe(".install/before/mark");
  });
});
