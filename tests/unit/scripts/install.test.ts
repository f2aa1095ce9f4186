import { expect, test } from "vitest";
import { isComplete } from "../../../scripts/install.mjs";

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
