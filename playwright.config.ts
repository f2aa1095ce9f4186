import { defineConfig, devices } from "@playwright/test";

const WAITS = /(storm|restore|delivery|crash)\.e2e\.ts$/;
const TABS = /offline\.e2e\.ts$/;

const executablePath = process.env.CHROMIUM_PATH;
const args = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Else each page has a process for its blank beginning, and another one for itself.
const withOneProcess = { executablePath, args: [...args, "--renderer-process-limit=1"] };

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./tests/support/build.ts",
  outputDir: "test-results",
  timeout: 120_000,
  // Two desks and two browsers share the cores: what is expected may take its time, but has to come.
  expect: { timeout: 40_000 },
  // Each file has a desk, a database and a practice Kommo of its own. Those that mostly wait begin first and leave both
  // processors to the others.
  workers: 4,
  projects: [
    { name: "waits", testMatch: WAITS },
    // Tabs that race for what lies on the device need a process each.
    { name: "tabs", testMatch: TABS, use: { launchOptions: { executablePath, args } } },
    { name: "journeys", testIgnore: [WAITS, TABS] },
  ],
  forbidOnly: true,
  use: {
    ...devices["Desktop Chrome"],
    locale: "en",
    screenshot: "only-on-failure",
    launchOptions: withOneProcess,
  },
});
