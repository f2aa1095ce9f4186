import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("people")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("email", "text", (c) => c.notNull().unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("password_hash", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("disabled_at", "bigint")
    .execute();

  await db.schema
    .createTable("one_time_links")
    .addColumn("token_hash", "text", (c) => c.primaryKey())
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("used_at", "bigint")
    .execute();

  await db.schema
    .createTable("leads")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("author_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("name", "text")
    .addColumn("surname", "text")
    .addColumn("phone", "text")
    .addColumn("phone_raw", "text")
    .addColumn("telegram", "text")
    .addColumn("source", "text")
    .addColumn("email", "text")
    .addColumn("profession", "text")
    .addColumn("education", "text")
    .addColumn("income", "text")
    .addColumn("utm_medium", "text")
    .addColumn("utm_campaign", "text")
    .addColumn("utm_content", "text")
    .addColumn("utm_term", "text")
    .addColumn("referrer", "text")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("tries", "bigint", (c) => c.notNull())
    .addColumn("problem", "text")
    .addColumn("mapping_version", "bigint")
    .addColumn("kommo_uid", "text")
    .addColumn("kommo_lead_id", "bigint")
    .addColumn("kommo_contact_id", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("confirmed_at", "bigint")
    .execute();
  await db.schema.createIndex("leads_due").on("leads").columns(["state", "due_at"]).execute();
  await db.schema
    .createIndex("leads_of_author")
    .on("leads")
    .columns(["author_id", "created_at", "id"])
    .execute();
  await db.schema.createIndex("leads_by_time").on("leads").columns(["created_at", "id"]).execute();

  await db.schema
    .createTable("attempts")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("started_at", "bigint", (c) => c.notNull())
    .addColumn("duration_ms", "bigint", (c) => c.notNull())
    .addColumn("lead_count", "bigint", (c) => c.notNull())
    .addColumn("outcome", "text", (c) => c.notNull())
    .addColumn("status", "bigint")
    .addColumn("response", "text")
    .execute();
  await db.schema.createIndex("attempts_by_time").on("attempts").column("started_at").execute();
  await db.schema
    .createTable("attempt_leads")
    .addColumn("attempt_id", "text", (c) => c.notNull().references("attempts.id"))
    .addColumn("lead_id", "text", (c) => c.notNull().references("leads.id"))
    .addColumn("request", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("attempt_leads_key", ["lead_id", "attempt_id"])
    .execute();

  await db.schema
    .createTable("mappings")
    .addColumn("version", "bigint", (c) => c.primaryKey())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("published_at", "bigint", (c) => c.notNull())
    .execute();
}
