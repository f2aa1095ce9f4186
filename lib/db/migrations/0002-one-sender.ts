import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sender")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("account", "text")
    .addColumn("holder", "text")
    .addColumn("lease_ends", "bigint", (c) => c.notNull())
    .addColumn("paused_at", "bigint")
    .addColumn("paused_by", "text", (c) => c.references("people.id"))
    .addColumn("rest_code", "text")
    .addColumn("rest_since", "bigint")
    .addColumn("probe_at", "bigint")
    .addColumn("probes", "bigint", (c) => c.notNull())
    .addColumn("last_success", "bigint")
    .execute();
  await db.schema
    .createTable("budget")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("starts", "text", (c) => c.notNull())
    .addColumn("gap_ms", "bigint", (c) => c.notNull())
    .addColumn("closed_until", "bigint", (c) => c.notNull())
    .execute();
  await sql`insert into sender (id, lease_ends, probes) values ('outbox', 0, 0)`.execute(db);
  await sql`insert into budget (id, starts, gap_ms, closed_until) values ('kommo', '[]', 0, 0)`.execute(db);

  await db.schema
    .createTable("audit")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("lead_id", "text", (c) => c.references("leads.id"))
    .addColumn("detail", "text")
    .execute();
  await db.schema.createIndex("audit_by_time").on("audit").column("at").execute();

  await db.schema.alterTable("leads").addColumn("problem_detail", "text").execute();
  await db.schema.alterTable("leads").addColumn("sent_at", "bigint").execute();
  await db.schema.alterTable("leads").addColumn("outcome", "text").execute();
  await db.schema.alterTable("leads").addColumn("outcome_read_at", "bigint").execute();
  await db.schema.createIndex("leads_by_kommo_id").on("leads").column("kommo_lead_id").execute();
}
