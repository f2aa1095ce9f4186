import "server-only";
import { AppError } from "@/lib/errors";
import type { CallOptions } from "@/lib/kommo/client";
import { listReach } from "@/lib/kommo/contacts";
import { type Arrival, type ListedIncomingLead, listIncomingLeads } from "@/lib/kommo/incoming-leads";
import {
  type KommoLead,
  listLeadsById,
  listLeadsDeletedSince,
  listLeadsUpdatedSince,
} from "@/lib/kommo/leads";
import { assign, type Candidate, type Sought, toSeconds } from "./match";

export type Finding = Arrival | "absent" | "merged" | "unsure";

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
const UUIDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** What our own database says: other leads in doubt, which of Kommo's ids are other leads of ours (and how those are reached), the last id before a time. */
export type Known = {
  rivals: Sought[];
  findOurs(kommoLeadIds: number[]): Promise<Map<number, string[]>>;
  lastBefore(sentAt: number): Promise<number>;
};

/** Those found by our UUID among the incoming leads, and the list, which ends early when all are found. */
export async function findByUuid(leads: Sought[], options: CallOptions) {
  const since = toSeconds(min(leads, "createdAt")) - MARGIN_SECONDS;
  const isEnough = (read: ListedIncomingLead[]) => pickOurs(leads, read).size === leads.length;
  const listed = await listIncomingLeads(since, options, isEnough);
  return { listed, found: pickOurs(leads, listed ?? []) };
}

/**
 * Those that Kommo has taken out of a batch that it refused just now (docs/kommo-api.md §14): they would be on
 * the first page, or, as Kommo orders by the times that we give, before anything older. Throws `unclear` where
 * the list is too long for that, or shows something unknown made in the same second, and not whose it is.
 */
export async function findTaken(
  leads: Made[],
  findOurs: Known["findOurs"],
  options: CallOptions,
): Promise<Map<string, Arrival>> {
  const since = toSeconds(min(leads, "createdAt"));
  const isEnough = (read: ListedIncomingLead[]) => read.some(({ createdAt }) => createdAt < since);
  const listed = await listIncomingLeads(since, options, isEnough);
  if (!listed) throw new AppError("unclear");

  const nameless = toLeadIds(pickNameless(leads, listed));
  const ours = await findOurs(nameless);
  if (nameless.some((id) => !ours.has(id))) throw new AppError("unclear");
  return pickOurs(leads, listed);
}

/**
 * Where each lead is that our UUID does not tell, all in one pass: by contact or name among the leads that changed since
 * the first was sent. *absent* only when both lists were read to their end, nothing there is related to it, and no unknown
 * lead made since was deleted; else *unsure*.
 */
export async function lookUp(
  missing: Sought[],
  listed: ListedIncomingLead[] | undefined,
  known: Known,
  options: CallOptions,
): Promise<Map<string, Finding>> {
  const candidates = await listCandidates(missing, listed ?? [], known, options);
  const isTrashClear = await readTrash(missing, known, options);
  const kin = assign(missing, known.rivals, candidates ?? []);
  const findings = new Map<string, Finding>();
  for (const lead of missing) {
    const found = kin.get(lead.id);
    const isClear = listed !== undefined && candidates !== undefined && (await isTrashClear(lead));
    if (typeof found === "number") findings.set(lead.id, toArrival(found, listed));
    else findings.set(lead.id, isClear ? (found ?? "absent") : "unsure");
  }
  return findings;
}

/** Leads of Kommo that changed since, with what their contacts can be reached by; undefined when they are too many to read. */
async function listCandidates(
  missing: Sought[],
  listed: ListedIncomingLead[],
  known: Known,
  options: CallOptions,
): Promise<Candidate[] | undefined> {
  const since = toSeconds(min(missing, "sentAt")) - MARGIN_SECONDS;
  const updated = await listLeadsUpdatedSince(since, options);
  if (!updated) return undefined;

  const nameless = pickNameless(missing, listed);
  const leads = [...updated, ...(await listLeadsById(toLeadIds(nameless), options))];
  const named = new Set(toLeadIds(listed.filter((item) => !isAnonymous(item))));
  const ours = await known.findOurs(leads.map(({ id }) => id));
  const strangers = leads.filter(({ id }) => !ours.has(id) && !named.has(id));
  const reach = await listReach(strangers.flatMap(toContactIds), options);
  const toReach = (lead: KommoLead) => toContactIds(lead).flatMap((id) => reach.get(id) ?? []);
  return [...strangers, ...leads.filter(({ id }) => ours.has(id))].map((lead) => ({
    id: lead.id,
    name: lead.name ?? "",
    madeAt: lead.created_at ?? 0,
    isOurs: ours.has(lead.id),
    reach: ours.get(lead.id) ?? toReach(lead),
  }));
}

/** A deleted lead has no name left to compare, but Kommo's ids grow: one below our last before the sending is not ours. */
async function readTrash(missing: Sought[], known: Known, options: CallOptions) {
  const since = toSeconds(min(missing, "sentAt")) - MARGIN_SECONDS;
  const deleted = (await listLeadsDeletedSince(since, options))?.map(({ id }) => id);
  const ours = await known.findOurs(deleted ?? []);
  const unknown = deleted?.filter((id) => !ours.has(id));
  return async ({ sentAt }: Sought): Promise<boolean> => {
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

type Made = Pick<Sought, "id" | "createdAt">;

function pickOurs(leads: Made[], listed: ListedIncomingLead[]): Map<string, Arrival> {
  const ids = new Set(leads.map(({ id }) => id));
  return new Map(
    listed.flatMap((item) => toIds(item).flatMap((id) => (ids.has(id) ? [[id, item] as const] : []))),
  );
}

function pickNameless(leads: Made[], listed: ListedIncomingLead[]): ListedIncomingLead[] {
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
