import { type Kysely, sql } from "kysely";

/** Who gets the lead: the rules in versions, what people and turns have come to, and the decision at the lead. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("routings")
    .addColumn("version", "integer", (c) => c.primaryKey())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("published_at", "bigint", (c) => c.notNull())
    .addColumn("published_by", "text", (c) => c.references("people.id"))
    .execute();
  await db.schema
    .createTable("routing_drafts")
    .addColumn("person_id", "text", (c) => c.primaryKey().references("people.id"))
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("based_on", "integer", (c) => c.notNull())
    .addColumn("saved_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("recipients")
    .addColumn("user_id", "bigint", (c) => c.primaryKey())
    .addColumn("paused_at", "bigint")
    .addColumn("paused_by", "text", (c) => c.references("people.id"))
    .addColumn("refused_at", "bigint")
    .execute();
  await db.schema
    .createTable("turns")
    .addColumn("pool_id", "text", (c) => c.notNull())
    .addColumn("user_id", "bigint", (c) => c.notNull())
    .addColumn("credit", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("turns_key", ["pool_id", "user_id"])
    .execute();
  await db.schema
    .createTable("recipient_days")
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("user_id", "bigint", (c) => c.notNull())
    .addColumn("leads", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("recipient_days_key", ["day", "user_id"])
    .execute();
  await db.schema.alterTable("people").addColumn("kommo_user_id", "bigint").execute();
  for (const column of ["routed_at", "route_user", "route_refused_at"])
    await db.schema.alterTable("leads").addColumn(column, "bigint").execute();
  await db.schema.alterTable("leads").addColumn("route", "text").execute();
  // What has left once already leaves as it did then.
  await sql`update leads set routed_at = sent_at where sent_at is not null and state <> 'confirmed'`.execute(
    db,
  );
}
