import { type Kysely, sql } from "kysely";

const LONGEST_SILENCE_MS = 3_600_000;

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("rate_lanes")
    .addColumn("lane", "text", (c) => c.primaryKey())
    .addColumn("last_start", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("gap_ms", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("closed_until", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("silence_ms", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("minute", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("taken", "bigint", (c) => c.notNull().defaultTo(0))
    .addColumn("taken_before", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  // A silence that Kommo asked for outlasts the upgrade.
  for (const lane of ["people", "delivery"]) {
    await sql`insert into rate_lanes (lane, gap_ms, closed_until, silence_ms)
      select ${sql.lit(lane)}, gap_ms, closed_until, ${sql.lit(LONGEST_SILENCE_MS)} from budget`.execute(db);
  }
  await db.schema.dropTable("budget").execute();
}
