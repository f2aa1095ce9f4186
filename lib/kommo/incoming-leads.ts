import "server-only";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { incomingSchema, PAGE, sentItemSchema, toPageSchema } from "./schema";

const MAX_PAGES = 40;

/**
 * Ids that Kommo gave to one incoming lead; `isDeclined` where somebody has declined it already, `isMerged` where it became a
 * part of a lead that Kommo had; `twinId` where Kommo has it twice; `isMatched` where contact or name alone say that it is ours.
 */
export type Arrival = {
  uid: string | null;
  leadId: number;
  contactId: number | null;
  isDeclined?: true;
  isMerged?: true;
  twinId?: number;
  isMatched?: true;
};

/**
 * Posts up to 250 items and answers with each arrival by its `request_id`; an item that Kommo did not acknowledge
 * with a lead id is absent (docs/kommo-api.md §1.2). Throws as callKommo does; one bad item refuses the whole batch.
 */
export async function sendIncomingLeads(
  items: IncomingLead[],
  options: CallOptions,
): Promise<Map<string, Arrival>> {
  const route = { method: "POST", path: "/leads/unsorted/forms" } as const;
  const { list } = await callKommo(route, toPageSchema("unsorted"), { ...options, body: items });
  return new Map(
    parseRecords(sentItemSchema, list).records.flatMap(({ uid, request_id, _embedded }) => {
      const leadId = _embedded?.leads?.[0]?.id;
      if (!uid || !request_id || leadId === undefined) return [];
      return [[request_id, { uid, leadId, contactId: _embedded?.contacts?.[0]?.id ?? null }]];
    }),
  );
}

/** `createdAt` in unix seconds, as we gave it; Infinity where Kommo shows none. */
export type ListedIncomingLead = Arrival & {
  sourceUid: string | null;
  formPage: string | null;
  createdAt: number;
};

/**
 * `skipped`: how many records of the list were not understood, each of which may be any lead. `isWhole`: false when there is
 * more than was read, of which nothing can be said.
 */
export type ListedIncomingLeads = { leads: ListedIncomingLead[]; skipped: number; isWhole: boolean };

/**
 * Reads the incoming leads of forms, newest first, back to `since` (unix seconds), or until `isEnough` says so of a page; at
 * most 10,000 (docs/kommo-api.md §2.1). Throws as callKommo does.
 */
export async function listIncomingLeads(
  since: number,
  options: CallOptions,
  isEnough: (page: ListedIncomingLead[]) => boolean = () => false,
): Promise<ListedIncomingLeads> {
  const leads: ListedIncomingLead[] = [];
  let skipped = 0;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/leads/unsorted?filter[category][]=forms&limit=${PAGE}&page=${page}`;
    const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("unsorted"), options);
    const parsed = parseRecords(incomingSchema, list);
    const read = parsed.records.flatMap(toListed);
    leads.push(...read);
    skipped += parsed.skipped.length;
    // Times of creation are the senders' own: one old item among new ones is not the end.
    const isPast = read.length > 0 && read.every(({ createdAt }) => createdAt < since);
    const isDone = isEnough(read);
    if (!hasNext || isPast || isDone) return { leads, skipped, isWhole: true };
  }
  return { leads, skipped, isWhole: false };
}

function toListed(item: ReturnType<typeof incomingSchema.parse>): ListedIncomingLead[] {
  return item._embedded.leads.slice(0, 1).map(({ id }) => ({
    uid: item.uid ?? null,
    leadId: id,
    contactId: item._embedded.contacts?.[0]?.id ?? null,
    createdAt: item.created_at ?? Number.POSITIVE_INFINITY,
    sourceUid: item.source_uid ?? null,
    formPage: item.metadata?.form_page ?? null,
  }));
}
