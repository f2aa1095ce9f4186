import type { Kysely } from "kysely";

/** Website forms, their secret keys, and what was sent to them. A form is the author of its leads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("intake_forms")
    .addColumn("id", "text", (c) => c.primaryKey().references("people.id"))
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("origins", "text", (c) => c.notNull())
    .addColumn("thanks_url", "text")
    .addColumn("fields", "text", (c) => c.notNull())
    .addColumn("token_asked_at", "bigint")
    .addColumn("paused_at", "bigint")
    .execute();
  await db.schema
    .createTable("intake_secrets")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("form_id", "text", (c) => c.notNull().references("intake_forms.id"))
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("last_four", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint")
    .execute();
  await db.schema.createIndex("intake_secrets_of_form").on("intake_secrets").column("form_id").execute();
  await db.schema
    .createTable("intake_answers")
    .addColumn("form_id", "text", (c) => c.notNull().references("intake_forms.id"))
    .addColumn("key_hash", "text", (c) => c.notNull())
    .addColumn("body_hash", "text", (c) => c.notNull())
    .addColumn("lead_id", "text", (c) => c.notNull())
    .addColumn("forget_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("intake_answers_key", ["form_id", "key_hash"])
    .execute();
  await db.schema.createIndex("intake_answers_end").on("intake_answers").column("forget_at").execute();
  await db.schema
    .createTable("intake_requests")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("form_id", "text", (c) => c.notNull().references("intake_forms.id"))
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("result", "text", (c) => c.notNull())
    .addColumn("lead_id", "text")
    .addColumn("body", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("intake_requests_of_form")
    .on("intake_requests")
    .columns(["form_id", "at", "id"])
    .execute();
  await db.schema.createIndex("intake_requests_by_time").on("intake_requests").column("at").execute();
}
