import "server-only";
import { type CallOptions, callKommo } from "./client";
import { contactsPageSchema } from "./schema";

const AT_MOST = 50;

/**
 * The phones of up to 50 contacts as Kommo has them, by the contact's id. Contacts of leads that are still incoming are
 * not listed there (kommo-api.md §5.1).
 */
export async function listPhones(contactIds: number[], options: CallOptions): Promise<Map<number, string[]>> {
  if (contactIds.length === 0) return new Map();
  const filter = contactIds.slice(0, AT_MOST).map((id) => `filter[id][]=${id}`);
  const path = `/contacts?${filter.join("&")}&limit=250`;
  const answer = await callKommo({ method: "GET", path }, contactsPageSchema, options);
  return new Map(
    (answer?._embedded.contacts ?? []).map(({ id, custom_fields_values }) => {
      const phones = (custom_fields_values ?? []).filter(({ field_code }) => field_code === "PHONE");
      return [id, phones.flatMap(({ values }) => values.map(({ value }) => String(value)))];
    }),
  );
}
