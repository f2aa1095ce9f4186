import type { Kysely } from "kysely";

/** By what a press is known that comes again, whatever has become of the lead's words since. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("pressed_hash", "text").execute();
}
