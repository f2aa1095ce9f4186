import type { Kysely } from "kysely";

/** The overview counts what became of the leads too, but for those that Kommo has merged into one that it had, and reads that from its index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex("leads_overview").execute();
  await db.schema
    .createIndex("leads_overview")
    .on("leads")
    .columns([
      ...["created_at", "author_id", "source", "ready_at", "confirmed_at", "entry_ms", "route_user"],
      ...["accepted_at", "outcome", "merged_at"],
    ])
    .execute();
}
