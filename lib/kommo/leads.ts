import "server-only";
import type { z } from "zod";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { leadSchema, PAGE, toPageSchema } from "./schema";

const MAX_PAGES = 40;
const IDS_PER_REQUEST = 50;

/** Times are unix seconds. */
export type KommoLead = z.output<typeof leadSchema>;

/** `skipped`: how many records of the list were not understood, each of which may be any lead. */
export type KommoLeads = { leads: KommoLead[]; skipped: number };

/**
 * Leads that changed since then (unix seconds), new ones included, whatever has become of them but deletion
 * (docs/kommo-api.md §5.3). Answers undefined when they are more than 10,000, as then nothing can be said of what
 * was not read. Throws as callKommo does.
 */
export async function listLeadsUpdatedSince(
  since: number,
  options: CallOptions,
): Promise<KommoLeads | undefined> {
  return listPages(`with=contacts&filter[updated_at][from]=${since}`, options);
}

/**
 * Leads deleted or declined since then (unix seconds): ids without a name (docs/kommo-api.md §2.7). Undefined as
 * above.
 */
export async function listLeadsDeletedSince(
  since: number,
  options: CallOptions,
): Promise<KommoLeads | undefined> {
  return listPages(`with=only_deleted&filter[updated_at][from]=${since}`, options);
}

/**
 * Those of the leads that Kommo still has, incoming ones included; absent are the deleted and the declined
 * (docs/kommo-api.md §2.7).
 */
export async function listLeadsById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  return listByIds(ids, "with=contacts", options);
}

/** Those of the leads that lie in the trash: declined or deleted (docs/kommo-api.md §2.7). */
export async function listDeletedById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  return listByIds(ids, "with=only_deleted", options);
}

async function listByIds(ids: number[], query: string, options: CallOptions): Promise<KommoLead[]> {
  const found: KommoLead[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_REQUEST) {
    const filter = ids.slice(start, start + IDS_PER_REQUEST).map((id) => `filter[id][]=${id}`);
    const { leads } = await readLeads(`${query}&${filter.join("&")}`, 1, options);
    found.push(...leads);
  }
  return found;
}

async function listPages(query: string, options: CallOptions): Promise<KommoLeads | undefined> {
  const all: KommoLeads = { leads: [], skipped: 0 };
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { leads, skipped, hasNext } = await readLeads(query, page, options);
    all.leads.push(...leads);
    all.skipped += skipped;
    if (!hasNext) return all;
  }
  return undefined;
}

async function readLeads(query: string, page: number, options: CallOptions) {
  const path = `/leads?${query}&limit=${PAGE}&page=${page}`;
  const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("leads"), options);
  const { records, skipped } = parseRecords(leadSchema, list);
  return { leads: records, skipped: skipped.length, hasNext };
}
