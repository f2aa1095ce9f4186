import { PostgresAdapter, sql } from "kysely";
import type { Db } from "@/lib/db/client";

/** The database refuses deletions from the log, so the trigger is dropped for a moment. */
export async function emptyAudit(db: Db): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`alter table audit disable trigger audit_keeps_rows`.execute(db);
    await db.deleteFrom("audit").execute();
    await sql`alter table audit enable trigger audit_keeps_rows`.execute(db);
    return;
  }
  const { rows } = await sql<{
    sql: string;
  }>`select sql from sqlite_master where name = 'audit_keeps_rows'`.execute(db);
  await sql`drop trigger audit_keeps_rows`.execute(db);
  await db.deleteFrom("audit").execute();
  await sql.raw(rows[0]?.sql ?? "").execute(db);
}

/** The log in the order of writing, without values that differ between runs. */
export async function readAudit(db: Db) {
  return db
    .selectFrom("audit")
    .select(["action", "person_id", "subject_id", "detail"])
    .orderBy("at")
    .execute();
}
