import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { findByReference } from "./find-by-reference";
import { findDeclined } from "./find-declined";
import { isOursShown } from "./is-ours-shown";
import type { SearchedLead } from "./match";
import type { ReadOwnRecords } from "./own-records";
import { listSuspects, readTrash, toTrashTest } from "./read-trash";
import { findMerged, type SearchResult, toFound } from "./search";

/** `isCarrying`: it surely has its reference in Kommo, if it is there. */
export type ReferencedLead = SearchedLead & { isCarrying: boolean };

type Where = { fieldId: number; lowestId: number };

/**
 * Who carries our id is it, and who should carry it and is nowhere is absent. Without an answer are those that may be there
 * without their reference, and all that were not found when the list could not be read to its end. Two things take our id
 * away: a merging into another lead, which shows in an older lead of the same person that has changed since, and the trash,
 * of which only Kommo's events may tell.
 */
export async function searchByReference(
  leads: ReferencedLead[],
  where: Where,
  own: ReadOwnRecords,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  const byReference = await findByReference(toIds(leads), where, options);
  const results = new Map<string, SearchResult>();
  for (const [id, arrival] of toFound(byReference.found)) results.set(id, arrival);
  const missing = leads.filter(({ id, isCarrying }) => isCarrying && !results.has(id));
  if (!byReference.isWhole || missing.length === 0) return results;

  for (const { id } of missing) results.set(id, "absent");
  // Before that they are looked for again in any case.
  const due = missing.filter(({ isSettled }) => isSettled);
  if (due.length === 0) return results;
  const trash = await readTrash(due, own, options);
  // Who was brought back from the trash before it was read is in the list by now. And what is deleted while pages are read
  // moves the others up: one of them may have been missed.
  const again = await findByReference(toIds(due), where, options);
  for (const [id, arrival] of toFound(again.found)) results.set(id, arrival);
  const settled = due.filter(({ id }) => results.get(id) === "absent");
  if (!again.isWhole) for (const { id } of settled) results.delete(id);
  if (!again.isWhole || settled.length === 0) return results;
  const merged = await findMerged(settled, own, options);
  const suspects = trash ? listSuspects(trash, settled) : [];
  const declined = await findDeclined(toIds(missing), suspects, where.fieldId, own, options);
  const absent = missing.filter(
    ({ id }) => results.get(id) === "absent" && !declined.found.has(id) && !merged?.has(id),
  );
  const mayBeInTrash = await toTrashTest(trash, absent, own, declined.others);
  const isShown = await isOursShown(own, options);
  for (const lead of settled) {
    const leadId = declined.found.get(lead.id);
    if (leadId) results.set(lead.id, { uid: null, leadId, contactId: null, isDeclined: true });
    else if (merged?.has(lead.id)) results.set(lead.id, "merged");
    else if (!merged || !isShown || mayBeInTrash(lead)) results.set(lead.id, "unsure");
  }
  return results;
}

function toIds(leads: ReferencedLead[]): Set<string> {
  return new Set(leads.map(({ id }) => id));
}
