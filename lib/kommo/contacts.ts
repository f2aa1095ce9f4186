import "server-only";
import { type CallOptions, callKommo } from "./client";
import { contactsPageSchema } from "./schema";

const IDS_AT_ONCE = 50;
const REACH = ["PHONE", "EMAIL"];
const COMPARED_DIGITS = 10;

/**
 * What contacts can be reached by as Kommo has it (phones, e-mails, handles that begin with @), by the contact's id.
 * Contacts of leads that are still incoming are not listed there (docs/kommo-api.md §5.1).
 */
export async function listContactKeys(
  contactIds: number[],
  options: CallOptions,
): Promise<Map<number, string[]>> {
  const ids = [...new Set(contactIds)];
  const reach = new Map<number, string[]>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const filter = ids.slice(start, start + IDS_AT_ONCE).map((id) => `filter[id][]=${id}`);
    const path = `/contacts?${filter.join("&")}&limit=250`;
    const answer = await callKommo({ method: "GET", path }, contactsPageSchema, options);
    for (const { id, custom_fields_values } of answer?._embedded.contacts ?? []) {
      const values = (custom_fields_values ?? []).flatMap(({ field_code, values }) =>
        values.map(({ value }) => ({ field_code, value: String(value) })),
      );
      const reaching = values.filter(
        ({ field_code, value }) => REACH.includes(field_code ?? "") || value.startsWith("@"),
      );
      reach.set(
        id,
        reaching.map(({ value }) => value),
      );
    }
  }
  return reach;
}

/**
 * Contacts that may have this phone: Kommo searches by text, so the last ten digits are asked for, which no trunk prefix
 * changes; the hits may be partial, and the caller compares (docs/kommo-api.md §5.1).
 */
export async function findContacts(phone: string, options: CallOptions) {
  const digits = phone.replaceAll(/\D/g, "").slice(-COMPARED_DIGITS);
  const path = `/contacts?query=${digits}&limit=250`;
  const answer = await callKommo({ method: "GET", path }, contactsPageSchema, options);
  return (answer?._embedded.contacts ?? []).map(({ id, custom_fields_values }) => {
    const phones = (custom_fields_values ?? []).filter(({ field_code }) => field_code === "PHONE");
    return { id, phones: phones.flatMap(({ values }) => values.map(({ value }) => String(value))) };
  });
}
