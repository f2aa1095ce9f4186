import type { Kysely } from "kysely";

/** Verification asks how many leads left in one request: they have the time at which it left in common. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex("leads_by_sending").on("leads").column("sent_at").execute();
}
