import "server-only";
import { inChunks } from "@/lib/domain/in-chunks";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { eventSchema, fieldChangeSchema, toPageSchema } from "./schema";

// As many as Kommo gives for one page, and takes ids for one request.
const PAGE_OF_EVENTS = 100;
const IDS_PER_REQUEST = 10;
const MAX_PAGES = 5;

/** `texts`: every text that one of the fields was given. `isDeletionTold`: then nothing that came before is still to be told. */
export type LeadEvents = { texts: string[]; isDeletionTold: boolean };

/**
 * What Kommo's events tell of each of these leads, deleted ones included: what stood in these fields, and the deletion
 * (docs/kommo-api.md §2.7). A lead of which not all events could be read is left out. Throws as callKommo does.
 */
export async function listLeadEvents(
  ids: number[],
  fieldIds: ReadonlySet<number>,
  options: CallOptions,
): Promise<Map<number, LeadEvents>> {
  const all = new Map<number, LeadEvents>();
  for (const some of inChunks(ids, IDS_PER_REQUEST)) {
    const events = await readEvents(some, fieldIds, options);
    for (const id of events ? some : []) {
      const own = (events ?? []).filter(({ entity_id }) => entity_id === id);
      const changes = own.flatMap(({ value_after }) => parseRecords(fieldChangeSchema, value_after).records);
      const texts = changes.flatMap(({ custom_field_value: { field_id, text } }) =>
        fieldIds.has(field_id) ? [text] : [],
      );
      all.set(id, { texts, isDeletionTold: own.some(({ type }) => type === "lead_deleted") });
    }
  }
  return all;
}

/** Undefined when there are more than are read, or one that was not understood. */
async function readEvents(ids: number[], fieldIds: ReadonlySet<number>, options: CallOptions) {
  const types = [...[...fieldIds].map((id) => `custom_field_${id}_value_changed`), "lead_deleted"];
  const filter = [
    "filter[entity]=lead",
    ...ids.map((id) => `filter[entity_id][]=${id}`),
    ...types.map((type) => `filter[type][]=${type}`),
  ].join("&");
  const events = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/events?${filter}&limit=${PAGE_OF_EVENTS}&page=${page}`;
    const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("events"), options);
    const { records, skipped } = parseRecords(eventSchema, list);
    if (skipped.length > 0) return undefined;
    events.push(...records);
    if (!hasNext) return events;
  }
  return undefined;
}
