import type { Kysely } from "kysely";

/** Keyed hashes of the ids of deleted leads: what comes again under one of them is no new lead. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("gone_leads")
    .addColumn("mark", "text", (c) => c.primaryKey())
    .execute();
}
