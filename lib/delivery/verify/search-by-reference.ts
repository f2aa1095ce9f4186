import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { doubtAbsence } from "./doubt-absence";
import { findByReference } from "./find-by-reference";
import type { ReferencedLead } from "./match";
import type { ReadOwnRecords } from "./own-records";
import { readTrash, type Trash } from "./read-trash";
import { type SearchResult, toFound } from "./search";

type Where = { fieldIds: ReadonlySet<number>; lowestId: number };

/** `isDue`: that a lead is absent may be said now. `trash`: as it was between the two readings. */
type Finding = { results: Map<string, SearchResult>; isDue: boolean; trash?: Trash | undefined };

/**
 * Who carries our id is it, and who should carry it and is nowhere is absent, unless something may have taken it away.
 * Without an answer are those that may be there without their reference, and all that were not found when the list could not
 * be read to its end.
 */
export async function searchByReference(
  leads: ReferencedLead[],
  where: Where,
  own: ReadOwnRecords,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  const { results, isDue, trash } = await findCarriers(leads, where, own, options);
  const absent = leads.filter(({ id }) => results.get(id) === "absent");
  if (!isDue || !absent.some(({ isSettled }) => isSettled)) return results;
  const doubts = await doubtAbsence(absent, { fieldIds: where.fieldIds, trash }, own, options);
  return new Map([...results, ...doubts]);
}

/** Reads the list, and once more with the trash before it where a lead that is not in it has settled. */
async function findCarriers(
  leads: ReferencedLead[],
  where: Where,
  own: ReadOwnRecords,
  options: CallOptions,
): Promise<Finding> {
  const first = await findByReference(toIds(leads), where, options);
  const results = new Map<string, SearchResult>(toFound(first.found));
  if (!first.isWhole) return { results, isDue: false };
  const missing = leads.filter(({ id, isCarrying }) => isCarrying && !results.has(id));
  for (const { id } of missing) results.set(id, "absent");
  // Before that they are looked for again in any case.
  const settled = missing.filter(({ isSettled }) => isSettled);
  if (settled.length === 0) return { results, isDue: false };

  const trash = await readTrash(settled, own, options);
  // Who was brought back from the trash before it was read is in the list by now. And what is deleted while pages are read
  // moves the others up: one of them may have been missed.
  const again = await findByReference(toIds(settled), where, options);
  if (!again.isWhole) for (const { id } of settled) results.delete(id);
  for (const [id, arrival] of toFound(again.found)) results.set(id, arrival);
  return { results, isDue: again.isWhole, trash };
}

function toIds(leads: ReferencedLead[]): Set<string> {
  return new Set(leads.map(({ id }) => id));
}
