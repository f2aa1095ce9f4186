import type { Kysely } from "kysely";

/** What a person notes about a lead, and what a paste leaves over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("comment", "text").execute();
}
