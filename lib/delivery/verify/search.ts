import "server-only";
import { SMALL_SKEW_MS } from "@/lib/delivery/constants";
import type { CallOptions } from "@/lib/kommo/client";
import { listContactKeys } from "@/lib/kommo/contacts";
import {
  type Arrival,
  type ListedIncomingLead,
  type ListedIncomingLeads,
  listIncomingLeads,
} from "@/lib/kommo/incoming-leads";
import { type KommoLead, listLeadsById, listLeadsUpdatedSince } from "@/lib/kommo/leads";
import { isOursShown } from "./is-ours-shown";
import {
  type Candidate,
  listMerged,
  type Match,
  matchLeads,
  type SearchedLead,
  toSeconds,
  type UnconfirmedLead,
} from "./match";
import type { ReadOwnRecords } from "./own-records";
import { listDeleted, readTrash, toTrashTest } from "./read-trash";

/**
 * Where a lead is in Kommo; *absent* when it is surely not there at this moment, *unshown* when only lists say so that show
 * none of ours.
 */
export type SearchResult = Arrival | "absent" | "merged" | "unsure" | "unshown";

/** Our own database, and other unconfirmed leads: what is found may be theirs. */
export type OwnRecords = ReadOwnRecords & { listCompeting(): Promise<UnconfirmedLead[]> };

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
const UUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/**
 * Reads the incoming leads, newest first, and finds ours by the UUID that each carries. The reading ends when all are found,
 * or past the first of them; a list that is too long keeps what it read. Throws what callKommo throws.
 */
export async function findByUuid(
  leads: UnconfirmedLead[],
  options: CallOptions,
): Promise<{ incoming: ListedIncomingLeads; found: Map<string, Arrival> }> {
  const since = toSeconds(min(leads, "createdAt")) - MARGIN_SECONDS;
  const wanted = new Set(leads.map(({ id }) => id));
  const arrivals = new Map<string, Arrival[]>();
  const incoming = await listIncomingLeads(since, options, (page) => {
    for (const item of page) {
      for (const id of toOurIds(item)) {
        if (wanted.has(id)) arrivals.set(id, [...(arrivals.get(id) ?? []), item]);
      }
    }
    return arrivals.size === wanted.size;
  });
  return { incoming, found: toFound(arrivals) };
}

/** Of several leads of Kommo that carry our id the first is ours, and it is there twice. */
export function toFound(arrivals: Map<string, Arrival[]>): Map<string, Arrival> {
  const found = new Map<string, Arrival>();
  for (const [id, all] of arrivals) {
    const [first, ...others] = all.toSorted((one, other) => one.leadId - other.leadId);
    const twinId = others.find(({ leadId }) => leadId !== first?.leadId)?.leadId;
    if (first) found.set(id, twinId === undefined ? first : { ...first, twinId });
  }
  return found;
}

/**
 * Where each lead is that our UUID does not tell: by contact or name among the leads that changed since the first was sent.
 * *absent* only when both lists were read to their end, nothing there may be it, and the trash holds no stranger that may be.
 */
export async function findByContact(
  missing: SearchedLead[],
  incoming: ListedIncomingLeads,
  own: OwnRecords,
  options: CallOptions,
): Promise<Map<string, SearchResult>> {
  let competing: UnconfirmedLead[] = [];
  // Read after Kommo's lists and before our own ids: a lead that another delivery confirms meanwhile is seen in one of them.
  const findOurs = async (ids: number[]) => {
    competing = await own.listCompeting();
    return own.findOurs(ids);
  };
  // What is brought back from the trash after the lists are read, and before the trash is, is in neither of them.
  const isDeciding = missing.some(({ isSettled }) => isSettled);
  const earlier = isDeciding ? await listDeleted(missing, options) : [];
  const candidates = await listCandidates(missing, incoming.leads, { findOurs }, options);
  const listed = new Set(candidates?.map(({ id }) => id));
  const matches = await matchLeads(missing, competing, candidates ?? [], MARGIN_SECONDS);
  const unlisted = earlier?.filter(({ id }) => !listed.has(id));
  const trash = unlisted && (await readTrash(missing, own, options, unlisted));
  // A match needs no more where no lead of ours is forgotten that may be it.
  const isProven = ({ id, restored }: SearchedLead) => typeof matches.get(id) === "number" && !restored;
  const mayBeInTrash = await toTrashTest(
    trash,
    missing.filter((lead) => typeof matches.get(lead.id) !== "string" && !isProven(lead)),
    own,
  );
  const arrivals = new Map(incoming.leads.map((item) => [item.leadId, item]));
  const isRead = incoming.isWhole && incoming.skipped === 0 && candidates !== undefined;
  const results = new Map<string, SearchResult>();
  const isReadFor = (lead: SearchedLead) => isRead && !mayBeInTrash(lead);
  const mayBeAbsent = (lead: SearchedLead) => lead.isSettled && !matches.has(lead.id) && isReadFor(lead);
  const isShown = !missing.some(mayBeAbsent) || (await isOursShown(own, options));
  for (const lead of missing) {
    const match = matches.get(lead.id) ?? (isShown ? "absent" : "unshown");
    const isClear = isProven(lead) || isReadFor(lead);
    results.set(lead.id, isClear ? toResult(match, arrivals) : "unsure");
  }
  return results;
}

function toResult(
  match: Match | "absent" | "unshown",
  arrivals: Map<number, ListedIncomingLead>,
): SearchResult {
  if (typeof match !== "number") return match;
  const nameless = { uid: null, leadId: match, contactId: null };
  return { ...(arrivals.get(match) ?? nameless), isMatched: true };
}

/** Leads of Kommo that changed since, with the keys of their contacts; undefined when either are too many to read. */
export async function listCandidates(
  missing: UnconfirmedLead[],
  listed: ListedIncomingLead[],
  own: Pick<ReadOwnRecords, "findOurs">,
  options: CallOptions,
  marginSeconds = MARGIN_SECONDS,
): Promise<Candidate[] | undefined> {
  const since = toSeconds(min(missing, "sentAt")) - marginSeconds;
  const updated = await listLeadsUpdatedSince(since, options);
  if (!updated || updated.skipped > 0) return undefined;

  const nameless = pickNameless(missing, listed);
  const leads = [...updated.leads, ...(await listLeadsById(toLeadIds(nameless), options))];
  const read = new Set(toLeadIds(listed));
  const named = new Set(toLeadIds(listed.filter((item) => !isAnonymous(item))));
  const ours = await own.findOurs(leads.map(({ id }) => id));
  const strangers = leads.filter(({ id }) => !ours.has(id) && !named.has(id));
  const keys = await listContactKeys(strangers.flatMap(toContactIds), options);
  if (!keys) return undefined;
  const toKeys = (lead: KommoLead) => toContactIds(lead).flatMap((id) => keys.get(id) ?? []);
  // Kommo lists the contacts of a lead once somebody has accepted it (docs/kommo-api.md §5.1).
  const isIncoming = (lead: KommoLead) => !toContactIds(lead).some((id) => keys.has(id));
  return [...strangers, ...leads.filter(({ id }) => ours.has(id))].map((lead) => ({
    id: lead.id,
    name: lead.name ?? "",
    madeAt: lead.created_at ?? 0,
    changedAt: lead.updated_at ?? Number.POSITIVE_INFINITY,
    isOurs: ours.has(lead.id),
    contactKeys: ours.get(lead.id) ?? toKeys(lead),
    isUnread: !read.has(lead.id) && isIncoming(lead),
  }));
}

/**
 * Those whose person has an older lead, or another of ours, that has changed since it was sent: Kommo, or somebody, may have merged the two.
 * Undefined when the leads that changed could not all be read.
 */
export async function findMerged(
  missing: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "findOurs">,
  options: CallOptions,
): Promise<Set<string> | undefined> {
  const marginSeconds = SMALL_SKEW_MS / 1000;
  const candidates = await listCandidates(missing, [], own, options, marginSeconds);
  return candidates && listMerged(missing, candidates, marginSeconds);
}

function toLeadIds(items: ListedIncomingLead[]): number[] {
  return items.map(({ leadId }) => leadId);
}

function toContactIds({ _embedded }: KommoLead): number[] {
  return _embedded?.contacts?.map(({ id }) => id) ?? [];
}

function pickNameless(leads: UnconfirmedLead[], listed: ListedIncomingLead[]): ListedIncomingLead[] {
  const seconds = new Set(leads.map(({ createdAt }) => toSeconds(createdAt)));
  return listed.filter((item) => isAnonymous(item) && seconds.has(item.createdAt));
}

/** Some accounts give neither of the two back, some forms' pages name no lead: contact, name and second are left. */
function isAnonymous(item: ListedIncomingLead): boolean {
  return toOurIds(item).length === 0;
}

/** Of ours: the admin says where in the page it stands. */
export function toOurIds({ sourceUid, formPage }: ListedIncomingLead): string[] {
  const inPage = formPage?.match(UUIDS) ?? [];
  return sourceUid === null ? inPage : [sourceUid, ...inPage];
}

function min<T extends "createdAt" | "sentAt">(leads: Record<T, number>[], time: T): number {
  return leads.reduce((least, lead) => Math.min(least, lead[time]), Number.POSITIVE_INFINITY);
}
