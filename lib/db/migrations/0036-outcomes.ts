import { type Kysely, sql } from "kysely";

const COLUMNS = ["outcome_at", "look_at", "pipeline_id", "stage_id", "accepted_at", "accepted_by"] as const;
const MORE_COLUMNS = ["closed_at", "merged_into"] as const;

const LOOKED_AFTER_MS = 180 * 24 * 3_600_000;

/** What becomes of each lead in Kommo, how far that was read, and the address of Kommo's hooks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of [...COLUMNS, ...MORE_COLUMNS])
    await db.schema.alterTable("leads").addColumn(column, "bigint").execute();
  await db.schema.alterTable("leads").addColumn("loss_reason", "text").execute();
  await db.schema
    .createTable("outcome_reading")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("account_id", "bigint")
    .addColumn("looked_at", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("read_at", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("since", "bigint")
    .addColumn("page", "bigint", (c) => c.notNull().defaultTo(1))
    .addColumn("until", "bigint")
    .addColumn("newest", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("told_at", "bigint")
    .addColumn("filters", "text")
    .addColumn("filters_at", "bigint")
    .addColumn("events_off_until", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("reads_off_until", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("missing", "text", (c) => c.notNull().defaultTo("[]"))
    .addColumn("merged", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await sql`insert into outcome_reading (id) values ('kommo')`.execute(db);
  await db.schema
    .createTable("kommo_hooks")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("secret_sealed", "text", (c) => c.notNull())
    .addColumn("set_by", "text", (c) => c.notNull().references("people.id"))
    .addColumn("set_at", "bigint", (c) => c.notNull())
    .addColumn("last_at", "bigint")
    .addColumn("woken_at", "bigint")
    .execute();
  // Few leads are to be looked at, of any number.
  await sql`create index leads_to_look_at on leads (look_at) where look_at is not null`.execute(db);
  await sql`update leads set look_at = confirmed_at
    where state = 'confirmed' and kommo_lead_id is not null
      and confirmed_at > ${sql.lit(Date.now() - LOOKED_AFTER_MS)}
      and (outcome is null or outcome in ('incoming', 'accepted'))`.execute(db);
}
