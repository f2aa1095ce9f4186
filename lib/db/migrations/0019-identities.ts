import type { Kysely } from "kysely";

/** Who a person is at the provider of single sign-on. Without `linked_at` it has only asked to be this person. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("identities")
    .addColumn("issuer", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("asked_at", "bigint", (c) => c.notNull())
    .addColumn("linked_at", "bigint")
    .addPrimaryKeyConstraint("identities_key", ["issuer", "subject"])
    .execute();
  await db.schema.createIndex("identities_of_person").on("identities").column("person_id").execute();
}
