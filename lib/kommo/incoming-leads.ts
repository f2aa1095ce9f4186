import "server-only";
import type { z } from "zod";
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
 * Reads the incoming leads of forms, newest first, back to `since` (unix seconds), or until `read` says of a page that it was
 * enough. `isWhole` is false when the list is longer than 10,000: then nothing can be said of what was not read
 * (docs/kommo-api.md §2.1).
 */
export async function listIncomingLeads(
  since: number,
  options: CallOptions,
  read: (page: ListedIncomingLead[]) => boolean = () => false,
): Promise<{ items: ListedIncomingLead[]; isWhole: boolean }> {
  const items: ListedIncomingLead[] = [];
  for (let number = 1; number <= MAX_PAGES; number++) {
    const path = `/leads/unsorted?filter[category][]=forms&limit=${PAGE}&page=${number}`;
    const answer = await callKommo({ method: "GET", path }, incomingPageSchema, options);
    const listed = answer?._embedded.unsorted ?? [];
    const page = listed.flatMap(toListed);
    items.push(...page);
    const isEnough = read(page);
    // Times of creation are the senders' own: one old item among new ones is not the end.
    const isPast = listed.every((item) => item.created_at < since);
    if (!answer?._links?.next || isPast || isEnough) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}

type Item = NonNullable<z.output<typeof incomingPageSchema>>["_embedded"]["unsorted"][number];

function toListed(item: Item): ListedIncomingLead[] {
  const leadId = item._embedded?.leads[0]?.id;
  if (leadId === undefined) return [];
  return [
    {
      uid: item.uid,
      leadId,
      contactId: item._embedded?.contacts[0]?.id ?? null,
      createdAt: item.created_at,
      sourceUid: item.source_uid ?? null,
      formPage: item.metadata?.form_page ?? null,
    },
  ];
}
