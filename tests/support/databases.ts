import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Tables } from "@/lib/db/tables";
import { emptyAudit } from "./audit";
import { makeDatabase } from "./postgres";

const server = process.env.TEST_POSTGRES_URL;

/** PostgreSQL's dialect: on the server that TEST_POSTGRES_URL names, in this process where none is named. */
const postgres = server
  ? { name: "PostgreSQL", isSqlite: false, open: async () => openDb(await makeDatabase(server)) }
  : {
      name: "PGlite",
      isSqlite: false,
      open: async () => new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) }),
    };

/** Every query test runs on both dialects. */
export const databases: { name: string; isSqlite: boolean; open(): Promise<Db> }[] = [
  { name: "SQLite", isSqlite: true, open: async () => openDb("file::memory:") },
  postgres,
];

export const migratedDatabases = databases.map(({ open, ...database }) => ({
  ...database,
  async open() {
    const db = await open();
    await migrate(db);
    return db;
  },
}));

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
