import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const UNIT = ["tests/unit/**/*.test.ts"];
// What they test keeps something for the whole process: settings, sessions, connections.
const WITH_STATE = ["tests/unit/{auth,db,http,scripts,worker}/**/*.test.ts", "tests/unit/env.test.ts"];
const APART = ["tests/{integration,simulation}/**/*.test.ts"];

export default defineConfig({
  resolve: {
    alias: {
      "@": here("."),
      "server-only": here("./node_modules/server-only/empty.js"),
    },
  },
  test: {
    // Tests of queries mostly wait for a database: one worker less than processors would leave one idle.
    maxWorkers: 2,
    // An odd zone, so that code which forgets about zones fails here; and slots in quick succession.
    env: { TZ: "Asia/Kathmandu", KOMMO_REQUESTS_PER_SECOND: "50" },
    globalSetup: ["tests/support/run-folder.ts"],
    sequence: { setupFiles: "list" },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      // Nothing of a unit test outlives it, so their files share their modules: half the time.
      {
        extends: true,
        test: {
          name: "unit",
          include: UNIT,
          exclude: WITH_STATE,
          setupFiles: ["tests/support/quiet.ts"],
          isolate: false,
          unstubGlobals: true,
          unstubEnvs: true,
        },
      },
      // Each of these files has modules of its own. A process for each would load the packages a hundred times.
      {
        extends: true,
        test: {
          name: "apart",
          include: [...APART, ...WITH_STATE],
          globalSetup: ["tests/support/migrated-databases.ts"],
          setupFiles: ["tests/support/anew.ts", "tests/support/quiet.ts"],
          isolate: false,
        },
      },
    ],
  },
});
