import type { Kysely } from "kysely";

/** Which leads have an id of Kommo by a person's word, or by contact and name: Kommo may name its true owner later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("guessed_at", "bigint").execute();
}
