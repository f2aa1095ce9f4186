import "../aliases.mjs";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { AppError } from "../../lib/errors.ts";
import { loadSettingsOfApp } from "../load-settings.ts";

// Imported after the aliases, which the files of lib/ need.
const { closeDb } = await import("../../lib/db/client.ts");
const { getEnv } = await import("../../lib/env.ts");
const { getConnection } = await import("../../lib/connection/queries.ts");
const { findPause } = await import("../../lib/rate-limit/lanes.ts");
const { takeSlot } = await import("../../lib/rate-limit/take-slot.ts");
const { fetchCatalogue } = await import("../../lib/account/fetch-catalogue.ts");
const { choosePipeline } = await import("../../lib/domain/mapping/choose-pipeline.ts");
const { suggestTargets } = await import("../../lib/domain/mapping/suggest.ts");
const { toEnvLines } = await import("../../lib/domain/mapping/to-env-lines.ts");

type Catalogue = Awaited<ReturnType<typeof fetchCatalogue>>;

// Six a second. Beside a desk whose lanes cannot be read, one a second: together they stay within Kommo's seven.
const ALONE_MS = 170;
const BESIDE_MS = 1000;

const USAGE = `Usage: npm run kommo:fields -- [--json | --env]
  Lists pipelines, stages and fields of the connected account; --json prints everything, --env prints KOMMO_* lines for a .env file.
`;

const BESIDE = `Lead Desk's database cannot be opened, or is of another version. The list is read slowly, at one request a second, to stay within Kommo's limit.
`;

const SENTENCES: Partial<Record<string, string>> = {
  not_connected:
    "No Kommo account is connected. Set KOMMO_SUBDOMAIN and KOMMO_API_TOKEN (see .env.example), or connect an account on the Kommo page of the app.",
  token_refused:
    "Kommo rejects the token: it has expired or was revoked. Create a new one in Kommo, Settings → Integrations → your integration → Keys and scopes.",
  plan_unpaid: "The Kommo plan is unpaid: renew it in Kommo, then try again.",
  blocked: "Kommo has blocked our access: contact Kommo support, or check the integration's permissions.",
  account_missing: "Kommo cannot find this account: check KOMMO_SUBDOMAIN.",
  unreachable: "No connection to Kommo: check the network and the account's address.",
  no_pipeline:
    "No pipeline in this account accepts incoming leads, so KOMMO_PIPELINE_ID stays empty. In Kommo, open the settings of the pipeline you want leads in and turn on incoming leads.",
  seal_broken:
    "The stored token cannot be read because Lead Desk's secret has changed: connect the account in the app again.",
};

loadSettingsOfApp();
try {
  const options = { json: { type: "boolean" }, env: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  const catalogue = await read();
  process.stdout.write(`${toText(catalogue, values)}\n`);
} catch (error) {
  process.stderr.write(`${toSentence(error)}\n`);
  process.exitCode = 1;
} finally {
  await closeDb();
}

async function read(): Promise<Catalogue> {
  const connection = await findConnection();
  return fetchCatalogue({ connection, slot: await chooseSlots() });
}

/** Slots of the desk's delivery lane, whose database this neither creates nor migrates; without a database, plain pauses. */
async function chooseSlots() {
  const after = (ms: number) => () => wait(ms, { isMissed: () => false, bookLater: async () => undefined });
  if (!hasDatabase()) return after(ALONE_MS);
  try {
    await findPause();
    return () => takeSlot({ lane: "delivery" });
  } catch {
    process.stderr.write(BESIDE);
    return after(BESIDE_MS);
  }
}

function hasDatabase(): boolean {
  const file = /^file:(.+)/.exec(process.env.DATABASE_URL ?? "")?.[1];
  return file === undefined || existsSync(file);
}

/** The connection of the settings, or the one that an admin stored in the database. */
async function findConnection() {
  if (!process.env.KOMMO_API_TOKEN && !hasDatabase()) throw new AppError("not_connected");
  return getEnv().kommo.connection ?? getConnection();
}

function toText(catalogue: Catalogue, { json, env }: { json?: boolean; env?: boolean }): string {
  if (json) return JSON.stringify(catalogue, null, 2);
  return env ? toEnv(catalogue) : toTables(catalogue);
}

function toEnv(catalogue: Catalogue): string {
  const sure = suggestTargets(catalogue).filter(({ kind }) => kind !== "similar");
  const { reference = null, ...fields } = Object.fromEntries(
    sure.map(({ field, target }) => [field, target]),
  );
  const pipelineId = choosePipeline(catalogue)?.id;
  if (pipelineId === undefined) process.stderr.write(`${SENTENCES.no_pipeline}\n`);
  return toEnvLines({ pipelineId, fields, reference }, catalogue.account.subdomain);
}

function toTables({ account, pipelines, fields }: Catalogue): string {
  const stages = pipelines.flatMap((pipeline) => [
    [
      String(pipeline.id),
      pipeline.name,
      pipeline.isMain ? "main" : "",
      pipeline.isArchived ? "archived" : "",
    ],
    ...pipeline.stages.map(({ id, name, kind }) => [String(id), `  ${name}`, kind, ""]),
  ]);
  const parts = (["leads", "contacts", "companies"] as const).map((entity) => {
    const own = fields.filter((field) => field.entity === entity);
    const rows = own.map(({ id, name, type, code }) => [String(id), name, type, code ?? ""]);
    return toTable(`Fields of ${entity} (${own.length})`, rows);
  });
  const title = `${account.name} (${account.subdomain}), account ${account.id}`;
  return [title, toTable("Pipelines and stages", stages), ...parts].join("\n\n");
}

function toTable(title: string, rows: string[][]): string {
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return [title, ...lines.map((line) => `  ${line.trimEnd()}`)].join("\n");
}

function toSentence(error: unknown): string {
  if (error instanceof AppError) return SENTENCES[error.code] ?? error.message;
  const isUsage = error instanceof TypeError && "code" in error;
  return isUsage ? USAGE : String(error instanceof Error ? error.stack : error);
}
