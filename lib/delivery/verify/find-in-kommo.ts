import "server-only";
import { AppError } from "@/lib/errors";
import type { CallOptions } from "@/lib/kommo/client";
import { listContactKeys } from "@/lib/kommo/contacts";
import {
  type Arrival,
  type ListedIncomingLead,
  type ListedIncomingLeads,
  listIncomingLeads,
} from "@/lib/kommo/incoming-leads";
import {
  type KommoLead,
  listLeadsById,
  listLeadsDeletedSince,
  listLeadsUpdatedSince,
} from "@/lib/kommo/leads";
import { type Candidate, matchLeads, toSeconds, type UnconfirmedLead } from "./match";

export type SearchResult = Arrival | "absent" | "merged" | "unsure";

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
const UUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** What our own database says: other leads in doubt, which of Kommo's ids are other leads of ours (and how those are reached), the last id before a time. */
export type OwnRecords = {
  competing: UnconfirmedLead[];
  findOurs(kommoLeadIds: number[]): Promise<Map<number, string[]>>;
  lastBefore(sentAt: number): Promise<number>;
};

/** Those found by our UUID among the incoming leads, and the list, which ends early when all are found. */
export async function findByUuid(leads: UnconfirmedLead[], options: CallOptions) {
  const since = toSeconds(min(leads, "createdAt")) - MARGIN_SECONDS;
  const isEnough = (read: ListedIncomingLead[]) => pickOurs(leads, read).size === leads.length;
  const listed = await listIncomingLeads(since, options, isEnough);
  return { listed, found: pickOurs(leads, listed?.leads ?? []) };
}

/**
 * Those that Kommo has taken out of a batch that it refused just now (docs/kommo-api.md §14): they would be on
 * the first page, or, as Kommo orders by the times that we give, before anything older. Throws `unclear` where
 * the list is too long for that, or shows something unknown made in the same second, and not whose it is.
 */
export async function findTaken(
  leads: Created[],
  findOurs: OwnRecords["findOurs"],
  options: CallOptions,
): Promise<Map<string, Arrival>> {
  const since = toSeconds(min(leads, "createdAt"));
  const isEnough = (read: ListedIncomingLead[]) => read.some(({ createdAt }) => createdAt < since);
  const listed = await listIncomingLeads(since, options, isEnough);
  if (!listed || listed.skipped > 0) throw new AppError("unclear");

  const nameless = toLeadIds(pickNameless(leads, listed.leads));
  const ours = await findOurs(nameless);
  if (nameless.some((id) => !ours.has(id))) throw new AppError("unclear");
  return pickOurs(leads, listed.leads);
}

/**
 * Where each lead is that our UUID does not tell, all in one pass: by contact or name among the leads that changed since
 * the first was sent. *absent* only when both lists were read to their end, nothing there is related to it, and no unknown
 * lead made since was deleted; else *unsure*.
 */
export async function findByContact(
  missing: UnconfirmedLead[],
  listed: ListedIncomingLeads | undefined,
  known: OwnRecords,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  const candidates = await listCandidates(missing, listed?.leads ?? [], known, options);
  const isTrashClear = await readTrash(missing, known, options);
  const matches = matchLeads(missing, known.competing, candidates?.leads ?? []);
  const results = new Map<string, SearchResult>();
  for (const lead of missing) {
    const found = matches.get(lead.id);
    const isClear = listed?.skipped === 0 && candidates?.skipped === 0 && (await isTrashClear(lead));
    if (typeof found === "number") results.set(lead.id, toArrival(found, listed?.leads));
    else results.set(lead.id, isClear ? (found ?? "absent") : "unsure");
  }
  return results;
}

/** Leads of Kommo that changed since, with what their contacts can be reached by; undefined when they are too many to read. */
async function listCandidates(
  missing: UnconfirmedLead[],
  listed: ListedIncomingLead[],
  known: OwnRecords,
  options: CallOptions,
): Promise<{ leads: Candidate[]; skipped: number } | undefined> {
  const since = toSeconds(min(missing, "sentAt")) - MARGIN_SECONDS;
  const updated = await listLeadsUpdatedSince(since, options);
  if (!updated) return undefined;

  const nameless = pickNameless(missing, listed);
  const leads = [...updated.leads, ...(await listLeadsById(toLeadIds(nameless), options))];
  const named = new Set(toLeadIds(listed.filter((item) => !isAnonymous(item))));
  const ours = await known.findOurs(leads.map(({ id }) => id));
  const strangers = leads.filter(({ id }) => !ours.has(id) && !named.has(id));
  const contactKeys = await listContactKeys(strangers.flatMap(toContactIds), options);
  const toContactKeys = (lead: KommoLead) => toContactIds(lead).flatMap((id) => contactKeys.get(id) ?? []);
  const candidates = [...strangers, ...leads.filter(({ id }) => ours.has(id))].map((lead) => ({
    id: lead.id,
    name: lead.name ?? "",
    madeAt: lead.created_at ?? 0,
    isOurs: ours.has(lead.id),
    contactKeys: ours.get(lead.id) ?? toContactKeys(lead),
  }));
  return { leads: candidates, skipped: updated.skipped };
}

/** A deleted lead has no name left to compare, but Kommo's ids grow: one below our last before the sending is not ours. */
async function readTrash(missing: UnconfirmedLead[], known: OwnRecords, options: CallOptions) {
  const since = toSeconds(min(missing, "sentAt")) - MARGIN_SECONDS;
  const trash = await listLeadsDeletedSince(since, options);
  const deleted = trash?.skipped === 0 ? trash.leads.map(({ id }) => id) : undefined;
  const ours = await known.findOurs(deleted ?? []);
  const unknown = deleted?.filter((id) => !ours.has(id));
  return async ({ sentAt }: UnconfirmedLead): Promise<boolean> => {
    if (!unknown || unknown.length === 0) return unknown !== undefined;
    const last = await known.lastBefore(sentAt);
    return unknown.every((id) => id <= last);
  };
}

function toArrival(leadId: number, listed: ListedIncomingLead[] | undefined): Arrival {
  return listed?.find((item) => item.leadId === leadId) ?? { uid: null, leadId, contactId: null };
}

function toLeadIds(items: ListedIncomingLead[]): number[] {
  return items.map(({ leadId }) => leadId);
}

function toContactIds({ _embedded }: KommoLead): number[] {
  return _embedded?.contacts?.map(({ id }) => id) ?? [];
}

type Created = Pick<UnconfirmedLead, "id" | "createdAt">;

function pickOurs(leads: Created[], listed: ListedIncomingLead[]): Map<string, Arrival> {
  const ids = new Set(leads.map(({ id }) => id));
  return new Map(
    listed.flatMap((item) => toIds(item).flatMap((id) => (ids.has(id) ? [[id, item] as const] : []))),
  );
}

function pickNameless(leads: Created[], listed: ListedIncomingLead[]): ListedIncomingLead[] {
  const seconds = new Set(leads.map(({ createdAt }) => toSeconds(createdAt)));
  return listed.filter((item) => isAnonymous(item) && seconds.has(item.createdAt));
}

/** Some accounts give neither of the two back, some forms' pages name no lead: contact, name and second are left. */
function isAnonymous(item: ListedIncomingLead): boolean {
  return toIds(item).length === 0;
}

/** Of ours: the admin says where in the page it stands. */
function toIds({ sourceUid, formPage }: ListedIncomingLead): string[] {
  const inPage = formPage?.match(UUIDS) ?? [];
  return sourceUid === null ? inPage : [sourceUid, ...inPage];
}

function min<T extends "createdAt" | "sentAt">(leads: Record<T, number>[], time: T): number {
  return Math.min(...leads.map((lead) => lead[time]));
}
