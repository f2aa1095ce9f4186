import { parseArgs } from "node:util";
import { makeDatabase } from "../../tests/support/postgres.ts";
import { storm } from "../../tests/support/storm/storm.ts";
import { websiteStorm } from "../../tests/support/storm/website-storm.ts";
import { buildIfNeeded } from "../build.ts";

const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "10000" },
    seconds: { type: "string", default: "600" },
    "longest-freeze": { type: "string", default: "75" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    /** Website leads in place of typed ones: Kommo is away for 30 s, and the desk is killed meanwhile. */
    website: { type: "boolean", default: false },
    away: { type: "string", default: "30" },
    senders: { type: "string", default: "20" },
    kills: { type: "string", default: "3" },
  },
});

const LEAST_WEBSITE_LEADS = 200;

buildIfNeeded();
const server = process.env.TEST_POSTGRES_URL;
const databaseUrl = server && (await makeDatabase(server));
const say = (line: string) => console.log(line);
const isCalm = values.website ? await runWebsite() : await runTyped();
process.exitCode = isCalm ? 0 : 1;

async function runTyped(): Promise<boolean> {
  const report = await storm({
    leads: Number(values.leads),
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    longestFreeze: Number(values["longest-freeze"]),
    longestCalm: 20,
    databaseUrl,
    say,
  });
  const store = server ? "PostgreSQL, 2 processes" : "SQLite";
  console.log(JSON.stringify({ seed: values.seed, store, ...report }, null, 2));
  return report.violations.length + report.leaks.length === 0;
}

async function runWebsite(): Promise<boolean> {
  const report = await websiteStorm({
    senders: Number(values.senders),
    awaySeconds: Number(values.away),
    leads: LEAST_WEBSITE_LEADS,
    kills: Number(values.kills),
    databaseUrl,
    say,
  });
  console.log(JSON.stringify({ store: server ? "PostgreSQL" : "SQLite", ...report }, null, 2));
  return report.lost.length + report.doubled.length === 0;
}
