import type { Kysely } from "kysely";
import type { Db } from "@/lib/db/client";
import { deleteNameParts, saveNameParts } from "@/lib/db/name-parts";
import { saveLeadKeys, saveNewKeys } from "@/lib/db/save-lead-keys";
import { toNameKey } from "@/lib/domain/lead/search-keys";
import { getEnv } from "@/lib/env";

const PORTION = 1000;

/** Names are found by their Latin spelling and in one script. Only a name of mixed letters needs all its keys anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (let last = ""; ; ) {
    const leads = await listLeads(db as Db, last);
    if (leads.length === 0) return;
    const country = getEnv().defaultCountry;
    await saveNewKeys(leads, db as Db, country);

    const mixed = leads.filter((lead) => lead.name_key !== toNameKey(lead));
    if (mixed.length > 0) {
      await saveLeadKeys(mixed, db as Db, country);
      await saveNameParts(mixed.map(toNameKey), db as Db);
      await deleteNameParts(
        mixed.map(({ name_key }) => name_key),
        db as Db,
      );
    }
    last = leads.at(-1)?.id ?? last;
  }
}

function listLeads(db: Db, after: string) {
  return db
    .selectFrom("leads")
    .select(["id", "author_id", "created_at", "name", "surname", "name_key"])
    .select(["phone", "phone_raw", "telegram", "email", "comment"])
    .where("id", ">", after)
    .orderBy("id")
    .limit(PORTION)
    .execute();
}
