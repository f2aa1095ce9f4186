import { ACCOUNT_ID } from "../../state/account-parts.ts";
import type { Incoming } from "../../state/records.ts";
import { findIncoming } from "../../state/sort-incoming.ts";
import { type Answer, type Call, many, one, problem, selfLink, toStubs } from "../answer.ts";
import { inRange, matches, type Query, takeUncountedPage } from "../query.ts";

const METADATA_KEYS = ["form_id", "form_name", "form_page", "ip", "referer", "visitor_uid"];

/** Newest first by its own created_at, whatever order is asked; ids only, no names. docs/kommo-api.md §2.1 */
export function listIncomingLeads(call: Call): Answer {
  const page = takeUncountedPage(newestFirst(call), call.query);
  return many(call, "unsorted", {
    ...page,
    items: page.items.map((incoming) => toIncomingLead(call, incoming)),
  });
}

/** A sorted or unknown uid reads as empty, or as not found by switch. docs/kommo-api.md §2.2, §14 */
export function getIncomingLead(call: Call): Answer {
  const incoming = findIncoming(call.state, call.id);
  if (!incoming && call.switches.processedUid === 404) return problem(404, "Not Found");
  return one(incoming && toIncomingLead(call, incoming));
}

/** The only numbers that tell an accepted uid from a declined one. docs/kommo-api.md §2.6 */
export function summarizeIncomingLeads({ state, query, switches }: Call): Answer {
  const matchesFilter = (incoming: Incoming) =>
    (!switches.summaryByUid || matches(query, "uid", incoming.uid)) &&
    matches(query, "pipeline_id", incoming.pipeline_id) &&
    isSince(query, incoming.created_at);
  const counted = state.oldestFirst.filter(matchesFilter);
  const count = (...outcomes: string[]) => counted.filter(({ outcome }) => outcomes.includes(outcome)).length;

  return {
    status: 200,
    body: {
      total: counted.length,
      accepted: count("accepted", "touched", "merged"),
      declined: count("declined"),
      average_sort_time: 0,
      categories: {
        sip: { total: 0 },
        mail: { total: 0 },
        forms: { total: counted.length },
        chats: { total: 0 },
      },
    },
  };
}

function* newestFirst({ state, query, switches, now }: Call) {
  const isListed = (incoming: Incoming) =>
    incoming.outcome === "incoming" &&
    incoming.received_at + switches.listLagMs <= now &&
    matches(query, "uid", incoming.uid) &&
    matches(query, "category", "forms") &&
    matches(query, "pipeline_id", incoming.pipeline_id);
  for (let index = state.oldestFirst.length - 1; index >= 0; index--) {
    const incoming = state.oldestFirst[index];
    if (incoming && isListed(incoming)) yield incoming;
  }
}

function isSince(query: Query, createdAt: number): boolean {
  const since = query.get("filter.created_at")?.[0];
  return inRange(query, "created_at", createdAt) && (since === undefined || createdAt >= Number(since));
}

function toIncomingLead(call: Call, incoming: Incoming) {
  const { uid, source_uid, source_name, pipeline_id, created_at, metadata } = incoming;
  const { sourceUidReturned, formPageReturned } = call.switches;
  return {
    uid,
    source_uid: (sourceUidReturned && source_uid) || null,
    source_name,
    category: "forms",
    pipeline_id,
    created_at,
    metadata: {
      ...Object.fromEntries(METADATA_KEYS.map((key) => [key, metadata[key] ?? null])),
      ...(formPageReturned ? {} : { form_page: null }),
      // An integer on the way in, a string on the way out.
      form_sent_at: String(metadata.form_sent_at),
    },
    account_id: ACCOUNT_ID,
    _links: selfLink(call, `leads/unsorted/${uid}`),
    _embedded: toStubs(call, incoming),
  };
}
