import { LOST, WON } from "../../state/account-parts.ts";
import { toFieldValues } from "../../state/field-values.ts";
import { isJson, type Json, toList } from "../../state/json.ts";
import type { FieldValues, Lead } from "../../state/records.ts";
import type { Call } from "../answer.ts";

const KEYS = ["PHONE", "EMAIL"];
const MOST_DUPLICATES = 3;

/**
 * An open lead whose contact has a phone or an e-mail of the one that was sent. With more than three nothing is merged.
 * `before`: the first id of this request. docs/kommo-api.md §10
 */
export function findDuplicate(
  { state, account, switches }: Call,
  item: Json,
  before: number,
): Lead | undefined {
  if (!switches.duplicateControl) return undefined;
  const contact = toContact(item);
  const known = typeof contact?.id === "number" ? state.contacts.get(contact.id) : undefined;
  const sent = toFieldValues(account.fields.contacts, contact?.custom_fields_values);
  const keys = new Set(listKeys(known?.custom_fields_values ?? sent));
  if (keys.size === 0) return undefined;
  const found = [...state.leads.values()].filter(
    ({ id, is_deleted, status_id, contact_id }) =>
      !is_deleted &&
      ![WON, LOST].includes(status_id) &&
      (switches.duplicatesOfRequest === "joined" || id < before) &&
      listKeys(state.contacts.get(contact_id ?? 0)?.custom_fields_values ?? []).some((key) => keys.has(key)),
  );
  return found.length > MOST_DUPLICATES ? undefined : found[0];
}

/** The lead that is there keeps its values, and gets those that it lacks. */
export function mergeInto({ account, now }: Call, lead: Lead, item: Json): void {
  const values = toFieldValues(account.fields.leads, item.custom_fields_values);
  const own = new Set(lead.custom_fields_values.map(({ field_id }) => field_id));
  lead.custom_fields_values.push(...values.filter(({ field_id }) => !own.has(field_id)));
  lead.updated_at = Math.floor(now / 1000);
}

function toContact(item: Json): Json | undefined {
  return isJson(item._embedded) ? toList(item._embedded.contacts)[0] : undefined;
}

function listKeys(fields: FieldValues[]): string[] {
  return fields
    .filter(({ field_code }) => KEYS.includes(field_code ?? ""))
    .flatMap(({ values }) => values.map(({ value }) => String(value)));
}
