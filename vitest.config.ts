import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
    setupFiles: ["tests/support/quiet.ts"],
    include: ["tests/{unit,integration,simulation}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
