import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { listPhones } from "@/lib/kommo/contacts";
import { type Arrival, type ListedIncomingLead, listIncomingLeads } from "@/lib/kommo/incoming-leads";
import {
  type KommoLead,
  listLeadsById,
  listLeadsCreatedBetween,
  listLeadsDeletedSince,
} from "@/lib/kommo/leads";

/** Times in epoch milliseconds; `name` as Kommo would show it. */
export type Sought = {
  id: string;
  createdAt: number;
  sentAt: number;
  name: string;
  phone: string | null;
};
export type Finding = Arrival | "absent" | "unsure" | "later";

// A lead that is not found by its UUID costs some requests; the queue goes on between these and the next.
const SOUGHT_AT_ONCE = 5;

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
// Kommo gives a lead the time at which it was made, which a slow Kommo does a while after we sent it.
const MADE_WITHIN_SECONDS = 120;
const MADE_BEFORE_SECONDS = 30;

/** What we know of Kommo's lead ids: which are of other leads of ours, and which may be of one sent at that time. */
export type KnownIds = {
  areOurs(kommoLeadIds: number[]): Promise<Set<number>>;
  lastBefore(sentAt: number): Promise<number>;
};

/**
 * Where each lead is in Kommo: by our UUID among the incoming ones, then by phone, or name, and time among all leads that
 * are not another's of ours. *absent* only when the incoming list was read back past the lead, nothing of its time bears its
 * phone or name, and no unknown lead made since was deleted; else *unsure*. What is *later* is to be asked again.
 */
export async function lookUp(
  leads: Sought[],
  known: KnownIds,
  options: CallOptions,
): Promise<Map<string, Finding>> {
  const since = toSeconds(Math.min(...leads.map((lead) => lead.createdAt))) - MARGIN_SECONDS;
  const listed = await listIncomingLeads(since, options);
  const findings = new Map<string, Finding>();
  for (const lead of leads) {
    const byId = listed?.find((item) => isOurs(item, lead.id));
    if (byId) findings.set(lead.id, byId);
  }

  const missing = leads.filter((lead) => !findings.has(lead.id));
  if (missing.length === 0) return findings;
  for (const lead of missing) findings.set(lead.id, "later");
  // Those that were found are confirmed first; a failure further on must not cost them.
  if (missing.length < leads.length) return findings;

  const rest = missing.slice(0, SOUGHT_AT_ONCE);
  const isTrashClear = await hasNoUnknownTrash(rest, known, options);
  for (const lead of rest) {
    const named = await findByPhoneOrName(lead, listed ?? [], known, options);
    const isAbsent = named === undefined && listed !== undefined && isTrashClear;
    findings.set(lead.id, named ?? (isAbsent ? "absent" : "unsure"));
  }
  return withoutTwins(findings);
}

/** One lead of Kommo is one lead of ours: where two would take it for theirs, neither is sure. */
function withoutTwins(findings: Map<string, Finding>): Map<string, Finding> {
  const ids = [...findings.values()].flatMap((finding) =>
    typeof finding === "string" ? [] : finding.leadId,
  );
  const isTwin = (finding: Finding) =>
    typeof finding !== "string" && ids.filter((id) => id === finding.leadId).length > 1;
  return new Map([...findings].map(([id, finding]) => [id, isTwin(finding) ? "unsure" : finding]));
}

/** A deleted lead has no name left to compare, but Kommo's ids grow: one below our last before the sending is not ours. */
async function hasNoUnknownTrash(leads: Sought[], known: KnownIds, options: CallOptions) {
  const sentAt = Math.min(...leads.map((lead) => lead.sentAt));
  const since = toSeconds(sentAt) - MARGIN_SECONDS;
  const deleted = (await listLeadsDeletedSince(since, options)).map(({ id }) => id);
  const last = await known.lastBefore(sentAt);
  const ours = await known.areOurs(deleted);
  return deleted.every((id) => id <= last || ours.has(id));
}

/** Among the leads of its time: the one with its phone, whatever its name is by now; where phones say nothing, its name. */
async function findByPhoneOrName(
  lead: Sought,
  listed: ListedIncomingLead[],
  known: KnownIds,
  options: CallOptions,
): Promise<Arrival | "unsure" | undefined> {
  const made = await listMade(lead, listed, options);
  const ours = await known.areOurs(made.map(({ id }) => id));
  const foreign = new Set(listed.filter((item) => !isAnonymous(item)).map((item) => item.leadId));
  const candidates = made.filter(({ id }) => !ours.has(id) && !foreign.has(id));
  const phones = await listPhones(candidates.flatMap(toContactIds), options);

  const kinships = candidates.map((candidate) => ({
    id: candidate.id,
    samePhone: isSamePhone(
      lead,
      toContactIds(candidate).flatMap((id) => phones.get(id) ?? []),
    ),
    sameName: candidate.name === lead.name,
  }));
  const byPhone = kinships.filter(({ samePhone }) => samePhone === true);
  const byName = kinships.filter(({ samePhone, sameName }) => samePhone === undefined && sameName);
  const [leadId, another] = [...new Set((byPhone.length > 0 ? byPhone : byName).map(({ id }) => id))];
  if (leadId === undefined) return undefined;
  if (another !== undefined) return "unsure";
  const stub = listed.find((item) => item.leadId === leadId);
  return stub ?? { uid: null, leadId, contactId: null };
}

/** Leads of the time at which ours was sent, and those that bear the time of creation we gave. */
async function listMade(
  lead: Sought,
  listed: ListedIncomingLead[],
  options: CallOptions,
): Promise<KommoLead[]> {
  const second = toSeconds(lead.createdAt);
  const sent = toSeconds(lead.sentAt);
  const nameless = listed.filter((item) => item.createdAt === second && isAnonymous(item));
  const stubs = nameless.map((item) => item.leadId);
  return [
    ...(await listLeadsById(stubs, options)),
    ...(await listLeadsCreatedBetween(sent - MADE_BEFORE_SECONDS, sent + MADE_WITHIN_SECONDS, options)),
    ...(sent - second > MADE_BEFORE_SECONDS ? await listLeadsCreatedBetween(second, second, options) : []),
  ];
}

/** Undefined where one of the two has no phone to compare. */
function isSamePhone({ phone }: Sought, phones: string[]): boolean | undefined {
  if (!phone || phones.length === 0) return undefined;
  return phones.some((other) => toLastDigits(other) === toLastDigits(phone));
}

// Countries write the trunk prefix in front of the national number in different ways; the last ten digits do not change.
function toLastDigits(phone: string): string {
  return phone.replaceAll(/\D/g, "").slice(-10);
}

function toContactIds({ _embedded }: KommoLead): number[] {
  return _embedded?.contacts?.map(({ id }) => id) ?? [];
}

/** Some accounts give neither of the two back; then only name and second are left. */
function isAnonymous(item: ListedIncomingLead): boolean {
  return item.sourceUid === null && item.formPage === null;
}

function isOurs(item: ListedIncomingLead, id: string): boolean {
  return item.sourceUid === id || item.formPage?.endsWith(`/${id}`) === true;
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
