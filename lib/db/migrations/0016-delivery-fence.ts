import { type Kysely, sql } from "kysely";

// What the version before has sent may still arrive for so long.
const SETTLES_AFTER_MS = 360_000;

/** A number for each holder of the lease, the time that desks have been running, and how large a batch may be. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const sender = db.schema.alterTable("sender");
  await sender.addColumn("epoch", "bigint", (c) => c.notNull().defaultTo(0)).execute();
  await sender.addColumn("uptime_ms", "bigint", (c) => c.notNull().defaultTo(0)).execute();
  await sender.addColumn("batch_limit", "integer", (c) => c.notNull().defaultTo(50)).execute();
  const leads = db.schema.alterTable("leads");
  await leads.addColumn("claim_epoch", "bigint").execute();
  await leads.addColumn("sent_above_id", "bigint").execute();
  await leads.addColumn("settles_at", "bigint").execute();
  await leads.addColumn("batch_limit", "integer").execute();
  await leads.addColumn("failed_alone", "integer", (c) => c.notNull().defaultTo(0)).execute();
  await leads.addColumn("watch_until", "bigint").execute();
  await leads.addColumn("twin_id", "bigint").execute();
  await db.schema.createIndex("leads_watched").on("leads").columns(["watch_until"]).execute();
  await sql`update leads set settles_at = ${sql.lit(SETTLES_AFTER_MS)} where state in ('sending', 'checking')`.execute(
    db,
  );
}
