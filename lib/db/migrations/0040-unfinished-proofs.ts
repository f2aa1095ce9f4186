import type { Kysely } from "kysely";

/** When a proof last went on, how many tries of it have failed, and a lease that is called one. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("daily_proofs").renameColumn("begun_at", "went_on_at").execute();
  await db.schema
    .alterTable("daily_proofs")
    .addColumn("failures", "bigint", (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable("daily_proof_maker").renameColumn("held_until", "lease_ends").execute();
}
