import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("ready_at", "bigint").execute();
  await db.schema.alterTable("leads").addColumn("entry_ms", "bigint").execute();
  // The overview reads all its columns from this index.
  await db.schema
    .createIndex("leads_overview")
    .on("leads")
    .columns(["created_at", "author_id", "source", "ready_at", "confirmed_at", "entry_ms"])
    .execute();
}
