import type { State } from "./state.ts";

/** BIG DATA: an incoming lead older than `afterMs` is merged into another and its id is gone. kommo-api.md §10 */
export function mergeAway(state: State, afterMs: number | null, now: number): void {
  if (afterMs === null) return;
  for (const incoming of state.oldestFirst) {
    if (incoming.outcome !== "incoming" || incoming.received_at + afterMs > now) continue;
    incoming.outcome = "merged";
    state.leads.delete(incoming.lead_id);
    const others = state.leadsOfContact.get(incoming.contact_id ?? 0) ?? [];
    state.leadsOfContact.set(
      incoming.contact_id ?? 0,
      others.filter(({ id }) => id !== incoming.lead_id),
    );
  }
}
