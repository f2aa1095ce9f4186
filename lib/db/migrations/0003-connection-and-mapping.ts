import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("connections")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("base_url", "text", (c) => c.notNull())
    .addColumn("token_sealed", "text", (c) => c.notNull())
    .addColumn("last_four", "text", (c) => c.notNull())
    .addColumn("expires_at", "bigint")
    .addColumn("set_by", "text", (c) => c.notNull().references("people.id"))
    .addColumn("set_at", "bigint", (c) => c.notNull())
    .execute();

  await db.schema
    .createTable("catalogues")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("body", "text")
    .addColumn("fetched_at", "bigint")
    .addColumn("tried_at", "bigint")
    .addColumn("problem", "text")
    .addColumn("findings", "text", (c) => c.notNull())
    .execute();

  await db.schema.alterTable("mappings").addColumn("published_by", "text").execute();
  await db.schema
    .createTable("mapping_drafts")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("based_on", "bigint", (c) => c.notNull())
    .addColumn("saved_at", "bigint", (c) => c.notNull())
    .addColumn("saved_by", "text", (c) => c.notNull().references("people.id"))
    .execute();
  await db.schema
    .createTable("test_leads")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("result", "text", (c) => c.notNull())
    .execute();

  await db.schema.alterTable("sender").addColumn("account_id", "bigint").execute();
  await db.schema.alterTable("sender").addColumn("account_mark", "text").execute();
  await db.schema.alterTable("leads").addColumn("custom", "text").execute();
  await db.schema.alterTable("leads").addColumn("parked", "text").execute();
}
