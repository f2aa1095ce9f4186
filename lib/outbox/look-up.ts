import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { type Arrival, type ListedIncomingLead, listIncomingLeads } from "@/lib/kommo/incoming-leads";
import { listLeadsById, listLeadsCreatedBetween, listLeadsDeletedSince } from "@/lib/kommo/leads";

/** Times in epoch milliseconds; `name` as Kommo would show it. */
export type Sought = { id: string; createdAt: number; sentAt: number; name: string };
export type Finding = Arrival | "absent" | "unsure";

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
 * Where each lead is in Kommo: by our UUID among the incoming ones, then by name and time among all leads that are not
 * another's of ours. *absent* only when the incoming list was read back past the lead, nothing of its time bears its
 * name, and no unknown lead made since was deleted; else *unsure*.
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

  const rest = leads.filter((lead) => !findings.has(lead.id));
  if (rest.length === 0) return findings;
  const isTrashClear = await hasNoUnknownTrash(rest, known, options);
  for (const lead of rest) {
    const named = await findByName(lead, listed ?? [], known, options);
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

async function findByName(
  lead: Sought,
  listed: ListedIncomingLead[],
  known: KnownIds,
  options: CallOptions,
): Promise<Arrival | "unsure" | undefined> {
  const second = toSeconds(lead.createdAt);
  const nameless = listed.filter((item) => item.createdAt === second && isAnonymous(item));
  const stubs = await listLeadsById(
    nameless.map((item) => item.leadId),
    options,
  );
  const sent = toSeconds(lead.sentAt);
  const made = await listLeadsCreatedBetween(sent - MADE_BEFORE_SECONDS, sent + MADE_WITHIN_SECONDS, options);
  const candidates = [...stubs, ...made];
  const ours = await known.areOurs(candidates.map(({ id }) => id));
  const foreign = new Set(listed.filter((item) => !isAnonymous(item)).map((item) => item.leadId));

  const ids = candidates
    .filter(({ id, name }) => name === lead.name && !ours.has(id) && !foreign.has(id))
    .map(({ id }) => id);
  const [leadId, another] = [...new Set(ids)];
  if (leadId === undefined) return undefined;
  if (another !== undefined) return "unsure";
  const stub = listed.find((item) => item.leadId === leadId);
  return stub ?? { uid: null, leadId, contactId: null };
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
