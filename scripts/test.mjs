import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
const failures = [];
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

rmSync(reports, { recursive: true });

// Named once more here: a log is often cut to its end.
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
process.stdout.write(`${count.passed} passed, ${count.failed} failed\n`);
process.exitCode = count.failed > 0 ? 1 : 0;

function findBase() {
  const hasMain = spawnSync("git", ["rev-parse", "--verify", "--quiet", "main"], { cwd: root }).status === 0;
  return hasMain ? "main" : "HEAD";
}

/** A step counts as one test. */
function step(name, command) {
  const passed = run(name, command) === 0;
  add({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, names: passed ? [] : [name] });
}

/** A runner that fails without naming a failed test counts as one failure. */
function suite(name, report, read, command) {
  const status = run(name, command);
  const result = read(report);
  add(result.failed === 0 && status !== 0 ? { ...result, failed: 1, names: [name] } : result);
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

function add({ passed, failed, names }) {
  count.passed += passed;
  count.failed += failed;
  failures.push(...names);
}

/** A skipped test counts as failed: no test may be skipped. */
function readVitest(report) {
  const { numTotalTests, numPassedTests, testResults } = readJson(report, {
    numTotalTests: 0,
    numPassedTests: 0,
    testResults: [],
  });
  const names = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status !== "passed").map(({ fullName }) => fullName),
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests, names };
}

function readPlaywright(report) {
  const { stats, suites } = readJson(report, {
    stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [],
  });
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped,
    names: suites.flatMap(nameUnexpected),
  };
}

function nameUnexpected({ title, specs = [], suites = [] }) {
  const names = [
    ...specs.filter(({ ok }) => !ok).map((spec) => spec.title),
    ...suites.flatMap(nameUnexpected),
  ];
  return names.map((name) => `${title} › ${name}`);
}

function readJson(path, otherwise) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return otherwise;
  }
}
