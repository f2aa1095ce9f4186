import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import { inject } from "vitest";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Tables } from "@/lib/db/tables";
import { emptyAudit } from "./audit";
import { makeDatabase } from "./postgres";

const server = process.env.TEST_POSTGRES_URL;

type Database = { name: string; isSqlite: boolean; open(): Promise<Db> };

const SQLITE = { name: "SQLite", isSqlite: true };
const POSTGRES = { name: server ? "PostgreSQL" : "PGlite", isSqlite: false };

/** Every query test runs on both dialects. */
export const databases: Database[] = [
  { ...SQLITE, open: async () => openInMemory() },
  { ...POSTGRES, open: openPostgres },
];

export const migratedDatabases: Database[] = [
  { ...SQLITE, open: openMigrated },
  {
    ...POSTGRES,
    async open() {
      if (server) return openDb(await makeMigratedDatabase(server));
      const db = await openPostgres();
      await migrate(db);
      return db;
    },
  },
];

/** PostgreSQL's dialect: on the server that TEST_POSTGRES_URL names, in this process where none is named. */
async function openPostgres(): Promise<Db> {
  if (server) return openDb(await makeDatabase(server));
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) });
}

export function makeMigratedDatabase(url: string): Promise<string> {
  return makeDatabase(url, inject("migrated").template);
}

/** SQLite in memory, as the migrations leave it: a copy takes a tenth of the time. */
export async function openMigrated(): Promise<Db> {
  const db = openInMemory();
  await db.connection().execute(copyMigrated);
  return db;
}

function openInMemory(): Db {
  return openDb("file::memory:");
}

async function copyMigrated(db: Db): Promise<void> {
  await sql`attach ${inject("migrated").file} as migrated`.execute(db);
  // In the order in which they were made: what a trigger or an index belongs to is there before it.
  const made = await sql<{ type: string; name: string; sql: string }>`
    select type, name, sql from migrated.sqlite_master where sql is not null order by rowid`.execute(db);
  await sql`begin deferred`.execute(db);
  await sql`pragma defer_foreign_keys = on`.execute(db);
  for (const { type, name, sql: text } of made.rows) {
    await sql.raw(text).execute(db);
    if (type === "table")
      await sql`insert into ${sql.id(name)} select * from migrated.${sql.id(name)}`.execute(db);
  }
  await sql`commit`.execute(db);
  await sql`detach migrated`.execute(db);
}

const UNUSED_SENDER = {
  account: null,
  account_id: null,
  account_mark: null,
  holder: null,
  lease_ends: 0,
  paused_at: null,
  paused_by: null,
  rest_code: null,
  rest_since: null,
  probe_at: null,
  probes: 0,
  last_success: null,
  epoch: 0,
  uptime_ms: 0,
  batch_limit: 50,
  sendings: 0,
  last_lead_id: 0,
  restored_at: null,
};

const UNUSED_LANE = {
  last_start: 0,
  gap_ms: 0,
  closed_until: 0,
  silence_ms: 0,
  minute: 0,
  taken: 0,
  taken_before: 0,
};

const UNUSED_ATTACHING = {
  account_id: null,
  on_at: null,
  ended_at: null,
  ended_why: null,
  tried_at: null,
  tried_by: null,
  tried_result: null,
};

const UNUSED_READING = {
  account_id: null,
  looked_at: 0,
  since: null,
  page: 1,
  until: null,
  newest: 0,
  told_at: null,
  filters: null,
  filters_at: null,
  events_off_until: 0,
  reads_off_until: 0,
  read_at: 0,
  merged: "[]",
  missing: "[]",
  missing_unshown: 0,
};

/** In one transaction, as each of a server's waits for its disk. */
export function emptyTables(db: Db): Promise<void> {
  return db.transaction().execute(emptyAll);
}

// Those that others refer to last.
const TABLES = [
  "audit",
  "daily_proof_rows",
  "daily_proofs",
  "restore_point",
  "erasures",
  "erased_contacts",
  "gone_leads",
  "mapping_drafts",
  "routing_drafts",
  "routings",
  "recipients",
  "turns",
  "recipient_days",
  "contact_lookups",
  "kommo_hooks",
  "connections",
  "grants",
  "oauth_starts",
  "kept_integrations",
  "catalogues",
  "test_leads",
  "attempt_leads",
  "attempts",
  "leads",
  "name_parts",
  "intake_requests",
  "intake_spent",
  "intake_answers",
  "intake_secrets",
  "intake_forms",
  "one_time_links",
  "identities",
  "lookups",
  "sessions",
  "recovery_codes",
  "authenticators",
  "passkeys",
  "factor_rules",
  "people",
  "sign_in_limits",
  "mappings",
  "consent_texts",
] as const;

const listFilled = sql.raw<{ name: string }>(
  TABLES.map((table) => `select '${table}' as name where exists (select 1 from ${table})`).join(
    " union all ",
  ),
);

async function emptyAll(db: Db): Promise<void> {
  await db.updateTable("sender").set(UNUSED_SENDER).execute();
  await db.updateTable("rate_lanes").set(UNUSED_LANE).execute();
  await db.updateTable("retention").set({ keep_days: null }).execute();
  await db.updateTable("attaching").set(UNUSED_ATTACHING).execute();
  await db.updateTable("outcome_reading").set(UNUSED_READING).execute();
  await db.updateTable("consent_rule").set({ asked_at: null }).execute();
  await db.updateTable("daily_proof_maker").set({ holder: null, lease_ends: 0 }).execute();
  // A test writes to few tables, and one question costs less than to delete from each of them.
  const { rows } = await listFilled.execute(db);
  const filled = new Set(rows.map(({ name }) => name));
  for (const table of TABLES) {
    if (!filled.has(table)) continue;
    if (table === "audit") await emptyAudit(db);
    else await db.deleteFrom(table).execute();
  }
}
