import { type Act, writeEvent } from "./events.ts";
import type { Incoming, Lead, State } from "./records.ts";
import { leaveIncoming } from "./sort-incoming.ts";

/**
 * BIG DATA: an incoming lead older than `afterMs` is merged into an earlier one whose contact shares a phone, an e-mail or
 * a handle, and its id no longer exists. docs/kommo-api.md §10
 */
export function mergeIncoming(state: State, afterMs: number | null, act: Act): void {
  if (afterMs === null) return;
  for (const incoming of state.oldestFirst) {
    if (incoming.outcome !== "incoming" || incoming.received_at + afterMs > act.now) continue;
    const survivor = findSurvivor(state, incoming);
    if (survivor) merge(state, incoming, survivor, act);
  }
}

function merge(state: State, incoming: Incoming, survivor: Lead, act: Act): void {
  // The merged lead is gone: only the one that is left has an event.
  leaveIncoming(state, incoming, "merged", survivor.status_id, {
    ...act,
    tells: () => undefined,
    hear: undefined,
  });
  writeEvent(state, act, "entity_merged", survivor.id);
  survivor.updated_at = Math.floor(act.now / 1000);
  state.leads.delete(incoming.lead_id);
  const contactId = incoming.contact_id ?? 0;
  const others = (state.leadsOfContact.get(contactId) ?? []).filter(({ id }) => id !== incoming.lead_id);
  state.leadsOfContact.set(contactId, others);
  // A lead may have come with a contact that others have, too.
  if (others.length === 0) state.contacts.delete(contactId);
}

function findSurvivor(state: State, { lead_id, contact_id }: Incoming): Lead | undefined {
  const contactKeys = new Set(listContactKeys(state, contact_id));
  return [...state.leads.values()].find(
    ({ id, is_deleted, contact_id }) =>
      id < lead_id &&
      !is_deleted &&
      listContactKeys(state, contact_id).some((value) => contactKeys.has(value)),
  );
}

function listContactKeys(state: State, contactId: number | null): string[] {
  const values = state.contacts.get(contactId ?? 0)?.custom_fields_values ?? [];
  return values.flatMap((entry) => entry.values.map(({ value }) => String(value)));
}
