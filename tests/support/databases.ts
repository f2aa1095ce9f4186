import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { type Db, openDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import type { Tables } from "@/lib/db/tables";
import { emptyAudit } from "./audit";
import { makeDatabase } from "./postgres";

const server = process.env.TEST_POSTGRES_URL;

/** Every query test runs on SQLite, on PGlite, and on the PostgreSQL that TEST_POSTGRES_URL names, if it is there. */
export const databases: { name: string; open(): Promise<Db> }[] = [
  { name: "SQLite", open: async () => openDb("file::memory:") },
  {
    name: "PGlite",
    open: async () => new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) }),
  },
  ...(server ? [{ name: "PostgreSQL", open: async () => openDb(await makeDatabase(server)) }] : []),
];

export const migratedDatabases = databases.map(({ name, open }) => ({
  name,
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

export async function emptyTables(db: Db): Promise<void> {
  await db.updateTable("sender").set(UNUSED_SENDER).execute();
  await db.updateTable("rate_lanes").set(UNUSED_LANE).execute();
  await db.updateTable("retention").set({ keep_days: null }).execute();
  await emptyAudit(db);
  for (const table of [
    "restore_point",
    "erasures",
    "erased_contacts",
    "mapping_drafts",
    "connections",
    "catalogues",
    "test_leads",
    "attempt_leads",
    "attempts",
    "leads",
    "name_parts",
    "one_time_links",
    "sessions",
    "people",
    "sign_in_limits",
    "mappings",
  ] as const) {
    await db.deleteFrom(table).execute();
  }
}
