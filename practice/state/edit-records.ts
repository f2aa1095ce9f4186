import { z } from "zod";
import { ADMIN_ID } from "./account.ts";
import { writeEvent } from "./events.ts";
import type { Contact, Lead } from "./records.ts";
import { leaveIncoming, moveToStage } from "./sort-incoming.ts";
import { toAct } from "./to-act.ts";
import type { World } from "./world.ts";

const leadId = z.number().int();

/** The arguments of what people do by hand with the leads and contacts of Kommo. */
export const edits = {
  renameLead: z.strictObject({ leadId, name: z.string() }),
  /** The contact of the lead; `phones` takes the place of all that it has. */
  editContact: z.strictObject({
    leadId,
    name: z.string().optional(),
    phones: z.array(z.string()).optional(),
  }),
  /** One lead of the two is left, with its own values, and the other's where it has none. */
  mergeLeads: z.strictObject({ leadId, intoId: z.number().int() }),
  /** `by`: the user who does it, an admin unless said. */
  trashLead: z.strictObject({ leadId, by: leadId.optional() }),
  restoreLead: z.strictObject({ leadId, by: leadId.optional() }),
  /** Into another stage: of its own pipeline unless said. */
  moveLead: z.strictObject({
    leadId,
    statusId: leadId,
    pipelineId: leadId.optional(),
    lossReasonId: leadId.optional(),
    by: leadId.optional(),
  }),
  /** Its leads have no contact then. */
  deleteContact: z.strictObject({ contactId: z.number().int() }),
  /** One contact of the two is left, with the phones and the leads of both. */
  mergeContacts: z.strictObject({ contactId: z.number().int(), intoId: z.number().int() }),
};

type Values = Pick<Lead, "custom_fields_values">;

function addMissing(survivor: Values, { custom_fields_values }: Values): void {
  const own = new Set(survivor.custom_fields_values.map(({ field_id }) => field_id));
  survivor.custom_fields_values.push(...custom_fields_values.filter(({ field_id }) => !own.has(field_id)));
}

/** The phones and e-mails of both. */
function addContactKeys(survivor: Values, merged: Values): void {
  for (const { field_id, values } of merged.custom_fields_values) {
    survivor.custom_fields_values.find((entry) => entry.field_id === field_id)?.values.push(...values);
  }
}

type Input<K extends keyof typeof edits> = z.input<(typeof edits)[K]>;

/** Edits of people in Kommo. Each throws when the lead is not there; all take an incoming lead out of its stage. */
export function createEdits(world: World) {
  const { state, save } = world.store;

  const toOwnAct = (by = ADMIN_ID) => toAct(world, by);

  function open(id: number, by?: number): { lead: Lead; contact: Contact | undefined } {
    const lead = state.leads.get(id);
    if (!lead || lead.is_deleted) throw new Error(`There is no lead ${id}.`);
    const incoming = state.incomingOfLead.get(id);
    const stage = world.account.pipelines
      .find((pipeline) => pipeline.id === lead.pipeline_id)
      ?.statuses.find(({ type }) => type === 0);
    if (incoming?.outcome === "incoming")
      leaveIncoming(state, incoming, "touched", stage?.id ?? lead.status_id, toOwnAct(by));
    lead.updated_at = toSeconds();
    return { lead, contact: state.contacts.get(lead.contact_id ?? 0) };
  }
  function openContact(id: number): Contact {
    const contact = state.contacts.get(id);
    if (!contact) throw new Error(`There is no contact ${id}.`);
    return contact;
  }
  function giveLeadsTo(contactId: number | null, gone: Contact): void {
    const leads = state.leadsOfContact.get(gone.id) ?? [];
    for (const lead of leads) lead.contact_id = contactId;
    if (contactId !== null)
      state.leadsOfContact.set(contactId, [...(state.leadsOfContact.get(contactId) ?? []), ...leads]);
    state.leadsOfContact.delete(gone.id);
    state.contacts.delete(gone.id);
  }
  function toSeconds(): number {
    return Math.floor(world.now() / 1000);
  }

  return {
    async renameLead({ leadId, name }: Input<"renameLead">): Promise<void> {
      open(leadId).lead.name = name;
      await save();
    },
    async editContact({ leadId, name, phones }: Input<"editContact">): Promise<void> {
      const { contact } = open(leadId);
      if (!contact) throw new Error(`The lead ${leadId} has no contact.`);
      contact.updated_at = toSeconds();
      if (name !== undefined) contact.name = name;
      const entry = contact.custom_fields_values.find(({ field_code }) => field_code === "PHONE");
      if (phones && entry) entry.values = phones.map((value) => ({ ...entry.values[0], value }));
      await save();
    },
    async mergeLeads({ leadId, intoId }: Input<"mergeLeads">): Promise<void> {
      const [merged, survivor] = [open(leadId), open(intoId)];
      addMissing(survivor.lead, merged.lead);
      const isSame = survivor.contact === merged.contact;
      if (survivor.contact && merged.contact && !isSame) addContactKeys(survivor.contact, merged.contact);
      state.leads.delete(leadId);
      writeEvent(state, toOwnAct(), "entity_merged", intoId);
      await save();
    },
    async deleteContact({ contactId }: Input<"deleteContact">): Promise<void> {
      giveLeadsTo(null, openContact(contactId));
      await save();
    },
    async mergeContacts({ contactId, intoId }: Input<"mergeContacts">): Promise<void> {
      const [merged, survivor] = [openContact(contactId), openContact(intoId)];
      addContactKeys(survivor, merged);
      giveLeadsTo(survivor.id, merged);
      await save();
    },
    async trashLead({ leadId, by }: Input<"trashLead">): Promise<void> {
      open(leadId, by).lead.is_deleted = true;
      writeEvent(state, toOwnAct(by), "lead_deleted", leadId);
      await save();
    },
    async restoreLead({ leadId, by }: Input<"restoreLead">): Promise<void> {
      const lead = state.leads.get(leadId);
      if (!lead?.is_deleted) throw new Error(`There is no lead ${leadId} in the trash.`);
      Object.assign(lead, { is_deleted: false, updated_at: toSeconds() });
      writeEvent(state, toOwnAct(by), "lead_restored", leadId);
      await save();
    },
    async moveLead({ leadId, statusId, pipelineId, lossReasonId, by }: Input<"moveLead">): Promise<void> {
      const { lead } = open(leadId, by);
      const pipeline_id = pipelineId ?? lead.pipeline_id;
      const stages = world.account.pipelines.find(({ id }) => id === pipeline_id)?.statuses ?? [];
      if (!stages.some(({ id, type }) => id === statusId && type === 0))
        throw new Error(`There is no stage ${statusId} in the pipeline ${pipeline_id}.`);
      moveToStage(state, lead, { pipeline_id, status_id: statusId }, toOwnAct(by), lossReasonId);
      await save();
    },
  };
}
