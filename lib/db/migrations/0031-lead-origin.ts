import { type Kysely, sql } from "kysely";

/** How each lead came, and in which language its form was used. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("leads").addColumn("through", "text").execute();
  await db.schema.alterTable("leads").addColumn("language", "text").execute();
  await sql`update leads set through = 'website'
    where author_id in (select id from people where role = 'form')`.execute(db);
}
