import "server-only";
import type { IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import { type CallOptions, callKommo } from "./client";
import { incomingPageSchema, sentAnswerSchema } from "./schema";

const PAGE = 250;
const MAX_PAGES = 40;

/** Ids that Kommo gave to one incoming lead. */
export type Arrival = { uid: string | null; leadId: number; contactId: number | null };

/**
 * Posts up to 250 items and answers with each arrival by its `request_id`; an item that Kommo did not acknowledge
 * with a lead id is absent (docs/kommo-api.md §1.2). Throws as callKommo does; one bad item refuses the whole batch.
 */
export async function sendIncomingLeads(
  items: IncomingLead[],
  options: CallOptions,
): Promise<Map<string, Arrival>> {
  const answer = await callKommo({ method: "POST", path: "/leads/unsorted/forms" }, sentAnswerSchema, {
    ...options,
    body: items,
  });
  return new Map(
    answer._embedded.unsorted.flatMap((item) => {
      const leadId = item._embedded?.leads[0]?.id;
      if (!item.uid || !item.request_id || leadId === undefined) return [];
      return [
        [item.request_id, { uid: item.uid, leadId, contactId: item._embedded?.contacts[0]?.id ?? null }],
      ];
    }),
  );
}

/** `createdAt` in unix seconds, as we gave it. */
export type ListedIncomingLead = Arrival & {
  sourceUid: string | null;
  formPage: string | null;
  createdAt: number;
};

/**
 * Reads the incoming leads of forms, newest first, back to `since` (unix seconds) or until it is enough. Answers undefined
 * when the list is longer than 10,000, as then nothing can be said of what was not read (docs/kommo-api.md §2.1).
 */
export async function listIncomingLeads(
  since: number,
  options: CallOptions,
  isEnough: (listed: ListedIncomingLead[]) => boolean = () => false,
): Promise<ListedIncomingLead[] | undefined> {
  const listed: ListedIncomingLead[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/leads/unsorted?filter[category][]=forms&limit=${PAGE}&page=${page}`;
    const answer = await callKommo({ method: "GET", path }, incomingPageSchema, options);
    const items = answer?._embedded.unsorted ?? [];
    for (const item of items) {
      const leadId = item._embedded?.leads[0]?.id;
      if (leadId === undefined) continue;
      listed.push({
        uid: item.uid,
        leadId,
        contactId: item._embedded?.contacts[0]?.id ?? null,
        createdAt: item.created_at,
        sourceUid: item.source_uid ?? null,
        formPage: item.metadata?.form_page ?? null,
      });
    }
    // Times of creation are the senders' own: one old item among new ones is not the end.
    const isPast = items.every((item) => item.created_at < since);
    if (!answer?._links?.next || isPast || isEnough(listed)) return listed;
  }
  return undefined;
}
