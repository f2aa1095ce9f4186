import type { Kysely } from "kysely";

/** The integration that an admin has entered for Kommo's page, until something is connected. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("kept_integrations")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("client_id", "text", (c) => c.notNull())
    .addColumn("secret_sealed", "text", (c) => c.notNull())
    .addColumn("redirect_uri", "text", (c) => c.notNull())
    .addColumn("account_url", "text")
    .addColumn("kept_at", "bigint", (c) => c.notNull())
    .execute();
}
