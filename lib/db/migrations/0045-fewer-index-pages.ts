import { type Kysely, sql } from "kysely";

const indexes: Record<string, { columns: string; isKnown: string }> = {
  leads_by_kommo_id: { columns: "kommo_lead_id", isKnown: "kommo_lead_id" },
  leads_watched: { columns: "watch_until", isKnown: "watch_until" },
  leads_by_end: { columns: "state, confirmed_at", isKnown: "confirmed_at" },
};

/** A new lead has none of these values: each of the indexes cost it a page to write, and was never asked for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, { columns, isKnown }] of Object.entries(indexes)) {
    await db.schema.dropIndex(name).execute();
    await sql`create index ${sql.ref(name)} on leads (${sql.raw(columns)})
      where ${sql.ref(isKnown)} is not null`.execute(db);
  }
}
