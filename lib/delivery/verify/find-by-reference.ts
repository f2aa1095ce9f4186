import "server-only";
import { inTurns } from "@/lib/db/in-turns";
import type { CallOptions } from "@/lib/kommo/client";
import type { Arrival } from "@/lib/kommo/incoming-leads";
import { type ListedLead, listLeadsDownTo, listReferences } from "@/lib/kommo/leads";

export type ByReference = {
  /** By our lead's id: every lead of Kommo that carries it, the oldest first. */
  found: Map<string, Arrival[]>;
  /** False when there is more than was read, or a record that could not be. */
  isWhole: boolean;
};

/**
 * Finds leads by our id in a reference field, of which a mapping may have had another before (docs/kommo-api.md §5.3): exact
 * whatever became of their name, contact and stage, and without a clock, as Kommo's ids grow: all leads above `lowestId` are
 * read. Who only looks for a sign ends the reading at leads made before `since` (unix seconds). Throws what callKommo throws.
 */
export async function findByReference(
  ids: ReadonlySet<string> | "all",
  { fieldIds, lowestId, since }: { fieldIds: ReadonlySet<number>; lowestId: number; since?: number },
  options: CallOptions,
): Promise<ByReference> {
  const listWanted = (lead: ListedLead) =>
    listReferences(lead, fieldIds).filter((id) => ids === "all" || ids.has(id));
  const isWanted = (lead: ListedLead) => listWanted(lead).length > 0;
  const { leads, isWhole, skipped } = await listLeadsDownTo(lowestId, options, { since, isWanted });
  const found = new Map<string, Arrival[]>();
  for await (const some of inTurns(leads.toSorted((one, other) => one.id - other.id))) {
    for (const lead of some) {
      for (const reference of listWanted(lead)) {
        const arrival = { uid: null, leadId: lead.id, contactId: lead.contactIds[0] ?? null };
        const others = found.get(reference);
        if (others) others.push(arrival);
        else found.set(reference, [arrival]);
      }
    }
  }
  return { found, isWhole: isWhole && skipped === 0 };
}
