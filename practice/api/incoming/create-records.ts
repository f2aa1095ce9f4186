import type { Pipeline } from "../../state/account-parts.ts";
import { toFieldValues } from "../../state/field-values.ts";
import { isJson, type Json, toList } from "../../state/json.ts";
import { addLead, type Contact, type Lead, type State, type Tag } from "../../state/records.ts";
import type { Call } from "../answer.ts";

const NOBODY = 0;

/** A lead in the incoming stage of its pipeline, or in the first ordinary one. docs/kommo-api.md §1.1 */
export function createLead(
  call: Call,
  lead: Json,
  pipeline: Pipeline | undefined,
  isUnsorted: boolean,
  others: Pick<Lead, "contact_id" | "company_id">,
): Lead {
  const stage = pipeline?.statuses.find(({ type }) => type === (isUnsorted ? 1 : 0));
  const saved: Lead = {
    ...commonParts(call, lead),
    custom_fields_values: toFieldValues(call.account.fields.leads, lead.custom_fields_values),
    price: toNumber(lead.price, 0),
    pipeline_id: pipeline?.id ?? 0,
    status_id: stage?.id ?? 0,
    is_deleted: false,
    loss_reason_id: null,
    closed_at: null,
    ...others,
  };
  addLead(call.state, saved);
  return saved;
}

/** The id of the new contact, or of the one that is named by its id. docs/kommo-api.md §1.1, §14 */
export function createContact(call: Call, contact: Json, is_unsorted: boolean): number {
  if (typeof contact.id === "number" && call.switches.contactId === "linked") return contact.id;
  const first_name = String(contact.first_name ?? "");
  const last_name = String(contact.last_name ?? "");
  const name = contact.name ?? `${first_name} ${last_name}`.trim();
  const saved: Contact = {
    ...commonParts(call, { ...contact, name }),
    custom_fields_values: toFieldValues(call.account.fields.contacts, contact.custom_fields_values),
    first_name,
    last_name,
    is_unsorted,
    listed_at: call.now,
  };
  call.state.contacts.set(saved.id, saved);
  return saved.id;
}

export function createCompany(call: Call, company: Json, is_unsorted: boolean): number {
  if (typeof company.id === "number") return company.id;
  const custom_fields_values = toFieldValues(call.account.fields.companies, company.custom_fields_values);
  const saved = { ...commonParts(call, company), custom_fields_values, is_unsorted, listed_at: call.now };
  call.state.companies.set(saved.id, saved);
  return saved.id;
}

export function toNumber(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

function commonParts({ state, now }: Call, record: Json) {
  const embedded = isJson(record._embedded) ? record._embedded : {};
  const seconds = Math.floor(now / 1000);
  return {
    id: state.nextId++,
    name: String(record.name ?? ""),
    responsible_user_id: toNumber(record.responsible_user_id, NOBODY),
    created_at: toNumber(record.created_at, seconds),
    updated_at: seconds,
    tags: [...toList(embedded.tags), ...toList(record.tags_to_add)].map((tag) => getTag(state, tag)),
  };
}

function getTag(state: State, tag: Json): Tag {
  const isWanted = ({ id, name }: Tag) => id === tag.id || name === String(tag.name);
  const known = [...state.tags.values()].find(isWanted);
  if (known) return known;
  const created = { id: state.nextId++, name: String(tag.name) };
  state.tags.set(created.id, created);
  return created;
}
