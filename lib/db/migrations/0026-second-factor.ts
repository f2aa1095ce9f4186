import type { Kysely } from "kysely";

/** Codes of an app, recovery codes and passkeys; who must have one; and when a session was last proven to be its person's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("authenticators")
    .addColumn("person_id", "text", (c) => c.primaryKey().references("people.id"))
    .addColumn("secret_sealed", "text", (c) => c.notNull())
    .addColumn("confirmed_at", "bigint", (c) => c.notNull())
    .addColumn("last_step", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable("recovery_codes")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("code_hash", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("recovery_codes_of_person").on("recovery_codes").column("person_id").execute();
  await db.schema
    .createTable("passkeys")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("person_id", "text", (c) => c.notNull().references("people.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("public_key", "text", (c) => c.notNull())
    .addColumn("counter", "bigint", (c) => c.notNull())
    .addColumn("transports", "text", (c) => c.notNull())
    .addColumn("added_at", "bigint", (c) => c.notNull())
    .addColumn("used_at", "bigint")
    .execute();
  await db.schema.createIndex("passkeys_of_person").on("passkeys").column("person_id").execute();
  await db.schema
    .createTable("factor_rules")
    .addColumn("whom", "text", (c) => c.primaryKey())
    .execute();
  for (const [column, type] of [
    ["waits_for", "text"],
    ["proven_at", "bigint"],
    ["challenge", "text"],
  ] as const) {
    await db.schema.alterTable("sessions").addColumn(column, type).execute();
  }
}
