import type { Kysely } from "kysely";

/** The public form of a website form, challenges that were spent, and what people have agreed to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ["proof_asked_at", "consent_asked_at"])
    await db.schema.alterTable("intake_forms").addColumn(column, "bigint").execute();
  await db.schema.alterTable("intake_forms").addColumn("shown_fields", "text").execute();
  await db.schema
    .createTable("intake_spent")
    .addColumn("challenge", "text", (c) => c.primaryKey())
    .addColumn("forget_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("intake_spent_end").on("intake_spent").column("forget_at").execute();
  await db.schema
    .createTable("consent_texts")
    .addColumn("version", "bigint", (c) => c.primaryKey())
    .addColumn("texts", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("consent_rule")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("asked_at", "bigint")
    .execute();
  await db
    .withTables<{ consent_rule: { id: string; asked_at: null } }>()
    .insertInto("consent_rule")
    .values({ id: "desk", asked_at: null })
    .execute();
  for (const column of ["consent_version", "consent_at"])
    await db.schema.alterTable("leads").addColumn(column, "bigint").execute();
}
