import "server-only";
import type { Selectable } from "kysely";
import type { CountryCode } from "libphonenumber-js";
import type { Db } from "@/lib/db/client";
import { deleteNameParts, saveNameParts } from "@/lib/db/name-parts";
import { saveLeadKeys, saveNewKeys } from "@/lib/db/save-lead-keys";
import type { LeadsTable } from "@/lib/db/tables";
import { type toLeadKeys, toNameKey } from "@/lib/domain/lead/search-keys";

/** What a lead is found by, and what it was found by before. */
export const indexedColumns = [
  "id",
  "author_id",
  "created_at",
  "name",
  "surname",
  "phone",
  "phone_raw",
  "telegram",
  "email",
  "comment",
  "name_key",
] as const;

/** In the transaction of every change of a lead's words: what it is found by follows what it says. */
export async function indexLead(
  lead: Pick<Selectable<LeadsTable>, (typeof indexedColumns)[number]>,
  country: CountryCode,
  tx: Db,
): Promise<void> {
  await saveLeadKeys([lead], tx, country);
  await saveNameParts([toNameKey(lead)], tx);
  await deleteNameParts([lead.name_key], tx);
}

/** A new row, and the country of a phone without a code. */
export type LeadToIndex<Row> = { row: Row & Parameters<typeof toLeadKeys>[0]; country: CountryCode };

/** In the transaction that saves them. They were found by nothing before. */
export async function indexNewLeads(
  leads: readonly LeadToIndex<{ id: string; author_id: string; created_at: number }>[],
  tx: Db,
): Promise<void> {
  for (const [country, some] of Map.groupBy(leads, (lead) => lead.country)) {
    const rows = some.map(({ row }) => row);
    await saveNewKeys(rows, tx, country);
    await saveNameParts(rows.map(toNameKey), tx);
  }
}
