import { randomBytes } from "node:crypto";
import { ACCOUNT_ID, ADMIN_ID, fields, pipelines } from "./account.ts";
import { type Answer, type Call, selfLink, stub } from "./answer.ts";
import { refuseItems, toRequestId } from "./check-items.ts";
import { isJson, type Json } from "./checks.ts";
import { toFieldValues, toList } from "./custom-fields.ts";
import type { Contact, Incoming, Lead, State, Tag } from "./state.ts";

/** Takes the whole batch or nothing; the same source_uid twice makes two. kommo-api.md §1 */
export function createIncomingLeads(call: Call): Answer {
  const refusal = refuseItems(call.body, call.state);
  if (refusal) return refusal;
  const created = toList(call.body).map((item, index) =>
    createIncomingLead(call.state, item, index, call.now),
  );

  return {
    status: 200,
    body: {
      _total_items: created.length,
      _embedded: {
        unsorted: created.map((incoming) => ({
          uid: incoming.uid,
          account_id: ACCOUNT_ID,
          request_id: incoming.request_id,
          _links: selfLink(call, `leads/unsorted/${incoming.uid}`),
          _embedded: toStubs(call, incoming),
        })),
      },
    },
  };
}

// Kommo's own answer names no companies, even when the request carried one (kommo-api.md §1.2).
export function toStubs(call: Call, incoming: Incoming) {
  return {
    contacts: incoming.contact_id === null ? [] : [stub(call, "contacts", incoming.contact_id)],
    leads: [stub(call, "leads", incoming.lead_id)],
    companies: [],
  };
}

function createIncomingLead(state: State, item: Json, index: number, now: number): Incoming {
  const embedded = isJson(item._embedded) ? item._embedded : {};
  const [lead = {}] = toList(embedded.leads);
  const [contact] = toList(embedded.contacts);
  const contactId = contact ? saveContact(state, contact, now) : null;
  const saved = saveLead(
    state,
    { ...lead, name: lead.name ?? item.source_name },
    item.pipeline_id,
    contactId,
    now,
  );
  const incoming: Incoming = {
    uid: randomBytes(30).toString("hex"),
    request_id: toRequestId(item, index),
    source_uid: String(item.source_uid),
    source_name: String(item.source_name),
    pipeline_id: saved.pipeline_id,
    created_at: toNumber(item.created_at, Math.floor(now / 1000)),
    metadata: isJson(item.metadata) ? item.metadata : {},
    lead_id: saved.id,
    contact_id: contactId,
    outcome: "incoming",
    received_at: now,
    item,
  };
  state.incoming.push(incoming);
  return incoming;
}

function saveLead(
  state: State,
  lead: Json,
  pipelineId: unknown,
  contact_id: number | null,
  now: number,
): Lead {
  const wanted = pipelineId ?? lead.pipeline_id;
  const pipeline = pipelines.find(({ id }) => id === wanted) ?? pipelines.find(({ is_main }) => is_main);
  const saved: Lead = {
    ...commonParts(state, lead, now),
    custom_fields_values: toFieldValues(fields.leads, lead.custom_fields_values),
    price: toNumber(lead.price, 0),
    pipeline_id: pipeline?.id ?? 0,
    status_id: pipeline?.statuses.find(({ type }) => type === 1)?.id ?? 0,
    is_deleted: false,
    contact_id,
  };
  state.leads.push(saved);
  return saved;
}

function saveContact(state: State, contact: Json, now: number): number {
  if (typeof contact.id === "number") return contact.id;
  const first_name = String(contact.first_name ?? "");
  const last_name = String(contact.last_name ?? "");
  const name = contact.name ?? `${first_name} ${last_name}`.trim();
  const saved: Contact = {
    ...commonParts(state, { ...contact, name }, now),
    custom_fields_values: toFieldValues(fields.contacts, contact.custom_fields_values),
    first_name,
    last_name,
    is_unsorted: true,
  };
  state.contacts.push(saved);
  return saved.id;
}

function commonParts(state: State, record: Json, now: number) {
  const embedded = isJson(record._embedded) ? record._embedded : {};
  const seconds = Math.floor(now / 1000);
  return {
    id: state.nextId++,
    name: String(record.name),
    responsible_user_id: toNumber(record.responsible_user_id, ADMIN_ID),
    created_at: toNumber(record.created_at, seconds),
    updated_at: seconds,
    tags: [...toList(embedded.tags), ...toList(record.tags_to_add)].map((tag) => getTag(state, tag)),
  };
}

function getTag(state: State, tag: Json): Tag {
  const known = state.tags.find(({ id, name }) => id === tag.id || name === String(tag.name));
  if (known) return known;
  const created = { id: state.nextId++, name: String(tag.name) };
  state.tags.push(created);
  return created;
}

function toNumber(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
