import type { Kysely } from "kysely";

/** The account that an admin has named before going to Kommo's page, whether or not it is on this machine. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("oauth_starts").renameColumn("practice_url", "account_url").execute();
}
