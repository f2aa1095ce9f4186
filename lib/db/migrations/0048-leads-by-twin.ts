import { type Kysely, sql } from "kysely";

/** Second copies in Kommo are few, and are asked for with every id of Kommo that is no lead's first. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index leads_by_twin on leads (twin_id) where twin_id is not null`.execute(db);
}
