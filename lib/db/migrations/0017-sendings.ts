import { type Kysely, sql } from "kysely";

/** How a database that was copied back is recognised: how often it has sent, and the highest id that Kommo has given it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sender = db.schema.alterTable("sender");
  await sender.addColumn("sendings", "bigint", (c) => c.notNull().defaultTo(0)).execute();
  await sender.addColumn("last_lead_id", "bigint", (c) => c.notNull().defaultTo(0)).execute();
  await sender.addColumn("restored_at", "bigint").execute();
  await sql`update sender set last_lead_id = coalesce((select max(kommo_lead_id) from leads), 0)`.execute(db);
}
