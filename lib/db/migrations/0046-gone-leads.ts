import type { Kysely } from "kysely";

/** Keyed hashes of the ids of leads that were deleted, or undone before they were here: what comes under one of them is no new lead. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("gone_leads")
    .addColumn("mark", "text", (c) => c.primaryKey())
    .addColumn("undone_at", "bigint")
    .execute();
}
