import "server-only";
import { z } from "zod";
import { inChunks } from "@/lib/domain/in-chunks";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { contactRecordSchema, fieldValuesSchema, PAGE, toPageSchema } from "./schema";

const IDS_PER_REQUEST = 50;
// A look lasts some seconds for each ten of them.
const MOST_ALONE = 100;
const KEY_FIELDS = ["PHONE", "EMAIL"];
const COMPARED_DIGITS = 10;

type KommoContact = {
  id: number;
  name: string;
  userId: number | null;
  values: { code: string; value: string }[];
};

/**
 * The contact keys that Kommo has (phones, e-mails, handles that begin with @), by the contact's id. Contacts of leads that
 * are still incoming are not listed there. Where Kommo ignores the filter, each that its answer lacks is asked for by itself
 * (docs/kommo-api.md §5.1, §5.5); undefined when they are too many for that. Throws as callKommo does.
 */
export async function listContactKeys(
  contactIds: number[],
  options: CallOptions,
): Promise<Map<number, string[]> | undefined> {
  const ids = [...new Set(contactIds)];
  const keys = new Map<number, string[]>();
  const add = ({ id, values }: KommoContact) => {
    const own = values.filter(({ code, value }) => KEY_FIELDS.includes(code) || value.startsWith("@"));
    keys.set(
      id,
      own.map(({ value }) => value),
    );
  };
  const unshown: number[] = [];
  for (const some of inChunks(ids, IDS_PER_REQUEST)) {
    const filter = some.map((id) => `filter[id][]=${id}`);
    const contacts = await readContacts(filter.join("&"), options);
    const asked = new Set(some);
    const shown = contacts.filter(({ id }) => asked.has(id));
    for (const contact of shown) add(contact);
    if (shown.length < contacts.length) unshown.push(...some.filter((id) => !keys.has(id)));
    if (unshown.length > MOST_ALONE) return undefined;
  }
  for (const id of unshown) for (const contact of await readContact(id, options)) add(contact);
  return keys;
}

async function readContact(id: number, options: CallOptions): Promise<KommoContact[]> {
  const answer = await callKommo({ method: "GET", path: `/contacts/${id}` }, z.unknown(), options);
  return toContacts(answer === null ? [] : [answer]).filter((contact) => contact.id === id);
}

/**
 * Contacts that may have this phone, each with the user who is responsible for it: Kommo searches by text, so the last ten digits are asked for, which no trunk prefix
 * changes. Hits may be partial: the caller compares (docs/kommo-api.md §5.1). Throws as callKommo does.
 */
export async function findContacts(phone: string, options: CallOptions) {
  const digits = phone.replaceAll(/\D/g, "").slice(-COMPARED_DIGITS);
  const contacts = await readContacts(`query=${digits}`, options);
  return contacts.map(({ id, name, userId, values }) => ({
    ...{ id, name, userId },
    phones: values.filter(({ code }) => code === "PHONE").map(({ value }) => value),
  }));
}

async function readContacts(query: string, options: CallOptions): Promise<KommoContact[]> {
  const path = `/contacts?${query}&limit=${PAGE}`;
  const { list } = await callKommo({ method: "GET", path }, toPageSchema("contacts"), options);
  return toContacts(list);
}

function toContacts(list: unknown[]): KommoContact[] {
  return parseRecords(contactRecordSchema, list).records.map((contact) => {
    const { id, name, responsible_user_id, custom_fields_values } = contact;
    const fields = parseRecords(fieldValuesSchema, custom_fields_values).records;
    return {
      ...{ id, name: name ?? "", userId: responsible_user_id || null },
      values: fields.flatMap(({ field_code, values }) =>
        values.map(({ value }) => ({ code: field_code ?? "", value })),
      ),
    };
  });
}
