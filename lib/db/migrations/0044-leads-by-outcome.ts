import { type Kysely, sql } from "kysely";

/** The list of leads with one outcome, newest first. By its last three columns it is narrowed without reading the leads. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index leads_of_outcome on leads (outcome, created_at, id, state, author_id, source)
    where outcome is not null`.execute(db);
}
