import type { Kysely } from "kysely";

/** What an account of Kommo has granted by OAuth, and the ways to Kommo that an admin has set out on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("grants")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("client_id", "text", (c) => c.notNull())
    .addColumn("secret_sealed", "text", (c) => c.notNull())
    .addColumn("redirect_uri", "text", (c) => c.notNull())
    .addColumn("way", "text", (c) => c.notNull())
    .addColumn("refresh_sealed", "text", (c) => c.notNull())
    .addColumn("renewed_at", "bigint", (c) => c.notNull())
    .addColumn("renew_at", "bigint", (c) => c.notNull())
    .addColumn("clock_ahead_ms", "bigint")
    .addColumn("scopes", "text")
    .addColumn("api_url", "text")
    .addColumn("renewer", "text")
    .addColumn("renewing_until", "bigint", (c) => c.notNull())
    .addColumn("tried_at", "bigint")
    .addColumn("problem", "text")
    .addColumn("disabled_at", "bigint")
    .addColumn("hook_at", "bigint")
    .execute();
  await db.schema
    .createTable("oauth_starts")
    .addColumn("state_hash", "text", (c) => c.primaryKey())
    .addColumn("session", "text", (c) => c.notNull())
    .addColumn("client_id", "text", (c) => c.notNull())
    .addColumn("secret_sealed", "text", (c) => c.notNull())
    .addColumn("redirect_uri", "text", (c) => c.notNull())
    .addColumn("account_url", "text")
    .addColumn("started_at", "bigint", (c) => c.notNull())
    .execute();
}
