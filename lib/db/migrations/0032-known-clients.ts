import { type Kysely, sql } from "kysely";

/** Contacts of Kommo by phone, to which of them each lead is added, and whether leads are added to contacts at all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("contact_lookups")
    .addColumn("phone", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("contacts", "text")
    .execute();
  await db.schema
    .createTable("attaching")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("account_id", "bigint")
    .addColumn("on_at", "bigint")
    .addColumn("ended_at", "bigint")
    .addColumn("ended_why", "text")
    .addColumn("tried_at", "bigint")
    .addColumn("tried_by", "text", (c) => c.references("people.id"))
    .addColumn("tried_result", "text")
    .execute();
  await sql`insert into attaching (id) values ('kommo')`.execute(db);
  for (const column of ["contact_choice", "attach_id", "attach_refused_at"])
    await db.schema.alterTable("leads").addColumn(column, "bigint").execute();
  await db.schema.alterTable("leads").addColumn("known", "text").execute();
}
