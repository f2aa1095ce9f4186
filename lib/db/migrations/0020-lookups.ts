import type { Kysely } from "kysely";

/** What a seller has learned today of the leads of colleagues, so that nobody can go through all contacts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("lookups")
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("day", "bigint", (c) => c.notNull())
    .addColumn("found", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("lookups_key", ["person_id", "day", "found"])
    .execute();
  await db.schema.createIndex("lookups_of_day").on("lookups").column("day").execute();
}
