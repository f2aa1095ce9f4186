import { parseArgs } from "node:util";
import { makeDatabase } from "../../tests/support/postgres.ts";
import { storm } from "../../tests/support/storm/storm.ts";
import { buildIfNeeded } from "../build.ts";

const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "10000" },
    seconds: { type: "string", default: "600" },
    "longest-freeze": { type: "string", default: "75" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

buildIfNeeded();
const server = process.env.TEST_POSTGRES_URL;
const report = await storm({
  leads: Number(values.leads),
  seconds: Number(values.seconds),
  seed: Number(values.seed),
  longestFreeze: Number(values["longest-freeze"]),
  longestCalm: 20,
  databaseUrl: server && (await makeDatabase(server)),
  say: (line) => console.log(line),
});
console.log(
  JSON.stringify(
    { seed: values.seed, store: server ? "PostgreSQL, 2 processes" : "SQLite", ...report },
    null,
    2,
  ),
);
process.exitCode = report.violations.length + report.leaks.length > 0 ? 1 : 0;
