import "server-only";
import { listFields } from "@/lib/kommo/catalogue";
import type { CallOptions } from "@/lib/kommo/client";
import { listReferencesById } from "@/lib/kommo/leads";
import { findDeclined } from "./find-declined";
import { isOursShown } from "./is-ours-shown";
import type { ReferencedLead } from "./match";
import type { ReadOwnRecords } from "./own-records";
import { listSuspects, type Trash, toTrashTest } from "./read-trash";
import { findMerged, type SearchResult } from "./search";

/**
 * Of leads that should carry our id and are nowhere, what else may have become of those that have settled. Two things take
 * our id away: a merging into another lead, which shows in another lead of the same person that has changed since, and the
 * trash, of which only Kommo's events may tell. And Kommo's lists may not show what is there, or not our id in it. Without an
 * answer a lead is surely absent.
 */
export async function doubtAbsence(
  absent: ReferencedLead[],
  { fieldIds, trash }: { fieldIds: ReadonlySet<number>; trash: Trash | undefined },
  own: ReadOwnRecords,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  const settled = absent.filter(({ isSettled }) => isSettled);
  const merged = await findMerged(settled, own, options);
  const suspects = trash ? await listSuspects(trash, settled) : [];
  const ids = new Set(absent.map(({ id }) => id));
  const declined = await findDeclined(ids, suspects, fieldIds, own, options);
  const nowhere = absent.filter(({ id }) => !declined.found.has(id) && !merged?.has(id));
  const mayBeInTrash = await toTrashTest(trash, nowhere, own, declined.others);
  const due = merged ? nowhere.filter((lead) => lead.isSettled && !mayBeInTrash(lead)) : [];
  const isShown = due.length === 0 || (await isReferenceShown(due, own, options));

  const toDoubt = (lead: ReferencedLead): SearchResult | undefined => {
    const leadId = declined.found.get(lead.id);
    if (leadId) return { uid: null, leadId, contactId: null, isDeclined: true };
    if (merged?.has(lead.id)) return "merged";
    if (!merged || mayBeInTrash(lead)) return "unsure";
    return isShown ? undefined : "unshown";
  };
  const doubts = new Map<string, SearchResult>();
  for (const lead of settled) {
    const doubt = toDoubt(lead);
    if (doubt) doubts.set(lead.id, doubt);
  }
  return doubts;
}

/**
 * Whether Kommo shows our id where it should stand: a field that is deleted takes its values from all leads, and one may be hidden
 * from the token. Where none of ours is there with it, it must show at least the field, and any of ours.
 */
async function isReferenceShown(
  leads: ReferencedLead[],
  own: ReadOwnRecords,
  options: CallOptions,
): Promise<boolean> {
  const fieldIds = new Set(leads.flatMap(({ carriedIn }) => carriedIn ?? []));
  const carrying = await own.listNewestCarrying(fieldIds);
  const ids = carrying.map(({ kommoLeadId }) => kommoLeadId);
  const shown = carrying.length > 0 ? await listReferencesById(ids, fieldIds, options) : new Map();
  if (shown.size > 0) return carrying.some(({ id, kommoLeadId }) => shown.get(kommoLeadId)?.includes(id));
  return (await isOursShown(own, options)) && (await hasFields(fieldIds, options));
}

async function hasFields(wanted: ReadonlySet<number>, options: CallOptions): Promise<boolean> {
  if (wanted.size === 0) return true;
  const { fields } = await listFields("leads", options);
  const there = new Set(fields.map(({ id }) => id));
  return [...wanted].every((id) => there.has(id));
}
