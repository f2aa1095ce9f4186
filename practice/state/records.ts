import { z } from "zod";
import { grantsSchema } from "./grants.ts";

/** Epoch milliseconds from which a search may find the record. */
const listedAt = { listed_at: z.number().default(0) };

const tagSchema = z.object({ id: z.number(), name: z.string() });

const valueSchema = z.object({
  value: z.unknown(),
  enum_id: z.number().optional(),
  enum_code: z.string().nullable().optional(),
});

const fieldValuesSchema = z.object({
  field_id: z.number(),
  field_name: z.string(),
  field_code: z.string().nullable(),
  field_type: z.string(),
  values: z.array(valueSchema),
});

const recordSchema = z.object({
  id: z.number(),
  name: z.string(),
  responsible_user_id: z.number(),
  created_at: z.number(),
  updated_at: z.number(),
  custom_fields_values: z.array(fieldValuesSchema),
  tags: z.array(tagSchema),
});

const leadSchema = recordSchema.extend({
  price: z.number(),
  pipeline_id: z.number(),
  status_id: z.number(),
  is_deleted: z.boolean(),
  contact_id: z.number().nullable(),
  company_id: z.number().nullable().default(null),
  loss_reason_id: z.number().nullable().default(null),
  closed_at: z.number().nullable().default(null),
});

const eventSchema = z.object({
  id: z.string(),
  type: z.enum([
    "lead_status_changed",
    "lead_deleted",
    "lead_restored",
    "entity_merged",
    "entity_responsible_changed",
  ]),
  entity_id: z.number(),
  created_by: z.number(),
  created_at: z.number(),
  value_after: z.array(z.record(z.string(), z.unknown())),
  value_before: z.array(z.record(z.string(), z.unknown())),
  /** Epoch milliseconds from which it is listed. */
  listed_at: z.number(),
});

const companySchema = recordSchema.extend({ is_unsorted: z.boolean(), ...listedAt });

const contactSchema = recordSchema.extend({
  first_name: z.string(),
  last_name: z.string(),
  is_unsorted: z.boolean(),
  ...listedAt,
});

const incomingSchema = z.object({
  uid: z.string(),
  request_id: z.string(),
  source_uid: z.string(),
  source_name: z.string(),
  pipeline_id: z.number(),
  created_at: z.number(),
  metadata: z.record(z.string(), z.unknown()),
  lead_id: z.number(),
  contact_id: z.number().nullable(),
  company_id: z.number().nullable().default(null),
  /** "touched": a write took it out of the incoming stage; "merged": BIG DATA put it into another lead. */
  outcome: z.enum(["incoming", "accepted", "declined", "touched", "merged"]),
  received_at: z.number(),
  item: z.unknown(),
});

/** The records as the file keeps them. */
export const savedSchema = z.object({
  nextId: z.number(),
  leads: z.array(leadSchema),
  contacts: z.array(contactSchema),
  companies: z.array(companySchema).default([]),
  tags: z.array(tagSchema),
  incoming: z.array(incomingSchema),
  events: z.array(eventSchema).default([]),
  hooks: z.array(z.string()).default([]),
  grants: grantsSchema.optional(),
  secret: z.string().optional(),
});

export type Tag = z.infer<typeof tagSchema>;
export type FieldValues = z.infer<typeof fieldValuesSchema>;
export type Lead = z.infer<typeof leadSchema>;
export type Contact = z.infer<typeof contactSchema>;
export type Company = z.infer<typeof companySchema>;
export type Incoming = z.infer<typeof incomingSchema>;
export type LeadEvent = z.infer<typeof eventSchema>;
export type Saved = z.infer<typeof savedSchema>;

/** The records by id, in the order they came; `oldestFirst` holds the incoming ones by their own `created_at`. */
export type State = {
  nextId: number;
  leads: Map<number, Lead>;
  contacts: Map<number, Contact>;
  companies: Map<number, Company>;
  tags: Map<number, Tag>;
  incoming: Map<string, Incoming>;
  oldestFirst: Incoming[];
  incomingOfLead: Map<number, Incoming>;
  leadsOfContact: Map<number, Lead[]>;
  /** What happened to the leads, oldest first. */
  events: LeadEvent[];
  /** Where Kommo tells of changes. */
  hooks: string[];
};

export function toState(saved: Saved): State {
  const state: State = {
    nextId: saved.nextId,
    leads: new Map(),
    contacts: toMap(saved.contacts),
    companies: toMap(saved.companies),
    tags: toMap(saved.tags),
    incoming: new Map(),
    oldestFirst: [],
    incomingOfLead: new Map(),
    leadsOfContact: new Map(),
    events: saved.events,
    hooks: saved.hooks,
  };
  for (const lead of saved.leads) addLead(state, lead);
  for (const incoming of saved.incoming) addIncoming(state, incoming);
  return state;
}

export function toSaved({ nextId, leads, contacts, companies, tags, incoming, events, hooks }: State): Saved {
  return {
    nextId,
    leads: [...leads.values()],
    contacts: [...contacts.values()],
    companies: [...companies.values()],
    tags: [...tags.values()],
    incoming: [...incoming.values()],
    events,
    hooks,
  };
}

export function addLead(state: State, lead: Lead): void {
  state.leads.set(lead.id, lead);
  if (lead.contact_id === null) return;
  const others = state.leadsOfContact.get(lead.contact_id);
  if (others) others.push(lead);
  else state.leadsOfContact.set(lead.contact_id, [lead]);
}

export function addIncoming(state: State, incoming: Incoming): void {
  state.incoming.set(incoming.uid, incoming);
  state.incomingOfLead.set(incoming.lead_id, incoming);
  const newer = state.oldestFirst.findLastIndex(({ created_at }) => created_at <= incoming.created_at);
  state.oldestFirst.splice(newer + 1, 0, incoming);
}

function toMap<T extends { id: number }>(records: T[]): Map<number, T> {
  return new Map(records.map((record) => [record.id, record]));
}
