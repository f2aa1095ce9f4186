import type { Kysely } from "kysely";

/** By how much Kommo's clock was ahead of ours: as its answers show, and for each lead the least and the most since it was sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("sender").addColumn("kommo_ahead_ms", "bigint").execute();
  await db.schema.alterTable("leads").addColumn("least_ahead_ms", "bigint").execute();
  await db.schema.alterTable("leads").addColumn("most_ahead_ms", "bigint").execute();
}
