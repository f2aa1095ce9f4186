import type { Kysely } from "kysely";

/** Stores the live sessions instead of the ended ones. Everyone has to sign in once more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sessions")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("browser", "text")
    .addColumn("since", "bigint", (c) => c.notNull())
    .addColumn("seen_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("sessions_of_person").on("sessions").columns(["person_id", "since"]).execute();
  await db.schema.dropTable("ended_sessions").execute();
}
