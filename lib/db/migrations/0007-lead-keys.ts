import { type Kysely, SqliteAdapter, sql } from "kysely";
import type { Db } from "@/lib/db/client";
import { saveLeadKeys } from "@/lib/db/save-lead-keys";
import { getEnv } from "@/lib/env";

const PORTION = 1000;

const lists: Record<string, string[]> = {
  leads_of_state: ["state", "created_at", "id"],
  leads_of_author_state: ["author_id", "state", "created_at", "id"],
  leads_of_source_state: ["source", "state", "created_at", "id"],
  leads_of_author_source_state: ["author_id", "source", "state", "created_at", "id"],
  leads_by_name: ["name_key", "id"],
  leads_of_author_by_name: ["author_id", "name_key", "id"],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  // Keys are compared byte by byte, so that keys with the same prefix are adjacent.
  const text = isSqlite ? sql`text` : sql`text collate "C"`;

  await db.schema
    .alterTable("leads")
    .addColumn("name_key", text, (c) => c.notNull().defaultTo(""))
    .execute();
  await db.schema
    .createTable("lead_keys")
    .addColumn("lead_id", "text", (c) => c.notNull().references("leads.id").onDelete("cascade"))
    .addColumn("key", text, (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("author_id", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("lead_keys_of_lead", ["lead_id", "key"])
    .$call((table) => (isSqlite ? table.modifyEnd(sql`without rowid`) : table))
    .execute();

  await fill(db as Db);
  await db.schema
    .createIndex("lead_keys_found")
    .on("lead_keys")
    .columns(["key", "at", "lead_id", "author_id"])
    .execute();
  for (const [name, columns] of Object.entries(lists)) {
    await db.schema.createIndex(name).on("leads").columns(columns).execute();
  }
}

async function fill(db: Db): Promise<void> {
  for (let last = ""; ; ) {
    const leads = await db
      .selectFrom("leads")
      .select(["id", "author_id", "created_at", "name", "surname"])
      .select(["phone", "phone_raw", "telegram", "email"])
      .where("id", ">", last)
      .orderBy("id")
      .limit(PORTION)
      .execute();
    if (leads.length === 0) return;
    await saveLeadKeys(leads, db, getEnv().defaultCountry);
    last = leads.at(-1)?.id ?? last;
  }
}
