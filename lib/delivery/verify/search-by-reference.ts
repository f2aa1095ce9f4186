import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { findByReference } from "./find-by-reference";
import type { UnconfirmedLead } from "./match";
import { findMerged, type OwnRecords, readTrash, type SearchResult } from "./search";

/**
 * `batch`: when the request left that carried it (epoch ms), which names the request; null where that is not known.
 * `isCarrying`: it surely has its reference in Kommo, if it is there.
 */
export type ReferencedLead = UnconfirmedLead & {
  batch: number | null;
  isCarrying: boolean;
  isSettled: boolean;
};

type Own = Omit<OwnRecords, "listCompeting"> & { countSentAt(sentAt: number): Promise<number> };

/**
 * Who carries our id is it, and who should carry it and is nowhere is absent. Without an answer are those that may be there
 * without their reference, and all that were not found when the list could not be read to its end. Two things take our id away: a merging into another lead,
 * which shows in an older lead of the same person that has changed since, and the trash, which names nobody.
 */
export async function searchByReference(
  leads: ReferencedLead[],
  where: { fieldId: number; lowestId: number },
  own: Own,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  const byReference = await findByReference(new Set(leads.map(({ id }) => id)), where, options);
  const results = new Map<string, SearchResult>();
  for (const [id, [arrival]] of byReference.found) if (arrival) results.set(id, arrival);
  const missing = leads.filter(({ id, isCarrying }) => isCarrying && !results.has(id));
  if (!byReference.isWhole || missing.length === 0) return results;

  for (const { id } of missing) results.set(id, "absent");
  // Before that they are looked for again in any case.
  const settled = missing.filter(({ isSettled }) => isSettled);
  if (settled.length === 0) return results;
  const merged = await findMerged(settled, own, options);
  const trash = await readTrash(settled, own, options);
  const countTogether = await countAbsentTogether(missing, own);
  for (const lead of settled) {
    const inTrash = trash?.skipped === 0 ? await trash.countFor(lead) : Number.POSITIVE_INFINITY;
    const mayBeInTrash = inTrash > 0 && inTrash >= countTogether(lead);
    if (merged?.has(lead.id)) results.set(lead.id, "merged");
    else if (!merged || mayBeInTrash) results.set(lead.id, "unsure");
  }
  return results;
}

/**
 * How many left in one request of which nothing is found: Kommo takes a request as a whole, so where fewer strangers lie in
 * the trash than it carried, they are not it.
 */
async function countAbsentTogether(
  missing: ReferencedLead[],
  own: Own,
): Promise<(lead: ReferencedLead) => number> {
  const counts = new Map<number, number>();
  for (const [batch, { length }] of Map.groupBy(missing, (lead) => lead.batch)) {
    if (batch !== null && (await own.countSentAt(batch)) === length) counts.set(batch, length);
  }
  return ({ batch }) => (batch === null ? 0 : (counts.get(batch) ?? 0));
}
