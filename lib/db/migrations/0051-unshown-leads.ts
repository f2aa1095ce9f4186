import type { Kysely } from "kysely";

/** Whether leads that are missing in Kommo were missing in a list that showed none of ours. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const column = "missing_unshown";
  await db.schema
    .alterTable("outcome_reading")
    .addColumn(column, "integer", (unshown) => unshown.notNull().defaultTo(0))
    .execute();
}
