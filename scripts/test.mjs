import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findNode, installIfNeeded, root } from "./install.mjs";

installIfNeeded({ withTests: true });
const { findChromium } = await import("./chromium.mjs");

// `npm test -- --changed` runs the tests that uncommitted changes and those since main touch.
const base = process.argv.includes("--changed") ? findBase() : undefined;
const bin = join(root, "node_modules", ".bin");
const reports = mkdtempSync(join(tmpdir(), "lead-desk-reports-"));
const count = { passed: 0, failed: 0 };
const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter), NEXT_TELEMETRY_DISABLED: "1" };

step("lint", ["@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."]);
step("page types", ["next/dist/bin/next", "typegen"]);
step("types", ["typescript/bin/tsc", "--noEmit"]);
step("layout", ["../scripts/check/house.ts"]);

const vitestReport = join(reports, "vitest.json");
suite("unit and integration", vitestReport, readVitest, [
  "vitest/vitest.mjs",
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${vitestReport}`,
  ...(base ? [`--changed=${base}`, "--passWithNoTests"] : []),
]);

env.CHROMIUM_PATH = await findChromium();
env.PLAYWRIGHT_JSON_OUTPUT_NAME = join(reports, "playwright.json");
suite("browser journeys", env.PLAYWRIGHT_JSON_OUTPUT_NAME, readPlaywright, [
  "@playwright/test/cli.js",
  "test",
  "--reporter=list,json",
  ...(base ? [`--only-changed=${base}`, "--pass-with-no-tests"] : []),
]);

process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed > 0 ? 1 : 0;

function findBase() {
  const hasMain = spawnSync("git", ["rev-parse", "--verify", "--quiet", "main"], { cwd: root }).status === 0;
  return hasMain ? "main" : "HEAD";
}

/** A step counts as one test. */
function step(name, command) {
  add(run(name, command) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

/** A runner that fails without naming a failed test counts as one failure. */
function suite(name, report, read, command) {
  const status = run(name, command);
  const { passed, failed } = read(report);
  add({ passed, failed: failed === 0 && status !== 0 ? 1 : failed });
}

function run(name, [script, ...args]) {
  process.stdout.write(`\n— ${name}\n`);
  const path = join(root, "node_modules", script);
  return spawnSync(findNode(), ["--disable-warning=ExperimentalWarning", path, ...args], {
    cwd: root,
    env,
    stdio: "inherit",
  }).status;
}

function add({ passed, failed }) {
  count.passed += passed;
  count.failed += failed;
}

/** A skipped test counts as failed: no test may be skipped. */
function readVitest(report) {
  const { numTotalTests, numPassedTests } = readJson(report, { numTotalTests: 0, numPassedTests: 0 });
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

function readPlaywright(report) {
  const { stats } = readJson(report, { stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 } });
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
}

function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return otherwise;
  }
}
