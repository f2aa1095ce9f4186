import { sql } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import { inChunks } from "@/lib/domain/in-chunks";
import { toLeadKeys, toNameKey } from "@/lib/domain/lead/search-keys";
import type { Db } from "./client";

// SQLite takes at most 32,766 values in one statement.
const KEYS_AT_ONCE = 5000;

type Found = Parameters<typeof toLeadKeys>[0] & { id: string; author_id: string; created_at: number };

/** For some thousand leads at a time. */
export async function saveLeadKeys(leads: Found[], db: Db, country: CountryCode): Promise<void> {
  const ids = leads.map(({ id }) => id);
  const names = leads.map((lead) => sql`(${lead.id}, ${toNameKey(lead)})`);
  await sql`with named (id, name_key) as (values ${sql.join(names)})
    update leads set name_key = named.name_key from named where leads.id = named.id`.execute(db);

  await db.deleteFrom("lead_keys").where("lead_id", "in", ids).execute();
  await saveNewKeys(leads, db, country);
}

/** Keys that the leads have already stay. */
export async function saveNewKeys(leads: Found[], db: Db, country: CountryCode): Promise<void> {
  const keys = leads.flatMap((lead) =>
    toLeadKeys(lead, country).map((key) => ({
      lead_id: lead.id,
      key,
      at: lead.created_at,
      author_id: lead.author_id,
    })),
  );
  for (const some of inChunks(keys, KEYS_AT_ONCE)) {
    await db
      .insertInto("lead_keys")
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
