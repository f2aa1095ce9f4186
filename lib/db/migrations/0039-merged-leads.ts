import type { Kysely } from "kysely";

/** When Kommo has merged a lead into one that it had, as its duplicate control does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("merged_at", "bigint").execute();
}
