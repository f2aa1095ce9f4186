import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("retention")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("keep_days", "bigint")
    .execute();
  await sql`insert into retention (id) values ('leads')`.execute(db);

  await db.schema
    .createTable("erasures")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.references("people.id"))
    .addColumn("lead_count", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("erased_contacts")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("leads_by_end").on("leads").columns(["state", "confirmed_at"]).execute();
  await db.schema.createIndex("leads_of_attempt").on("attempt_leads").column("attempt_id").execute();
  await db.schema.createIndex("audit_of_lead").on("audit").column("lead_id").execute();

  // `npm run restore` creates this table itself in an older back-up.
  await db.schema
    .createTable("restore_point")
    .ifNotExists()
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("restored_at", "bigint")
    .execute();
  await db.schema.alterTable("leads").addColumn("sent_until", "bigint").execute();
}
