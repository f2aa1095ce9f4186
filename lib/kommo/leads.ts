import "server-only";
import { type CallOptions, callKommo } from "./client";
import { leadsPageSchema } from "./schema";

const PAGE = 250;
const MAX_PAGES = 40;
const IDS_AT_ONCE = 50;

export type KommoLead = {
  id: number;
  name?: string | null;
  created_at?: number | null;
  pipeline_id?: number | null;
  status_id?: number | null;
  _embedded?: { contacts?: { id: number }[] };
};

/**
 * Leads that changed since then (unix seconds), new ones included, whatever has become of them but deletion
 * (docs/kommo-api.md §5.3). Answers undefined when they are more than 10,000, as then nothing can be said of what
 * was not read.
 */
export async function listLeadsUpdatedSince(
  since: number,
  options: CallOptions,
): Promise<KommoLead[] | undefined> {
  return listPages(`with=contacts&filter[updated_at][from]=${since}`, options);
}

/**
 * Leads deleted or declined since then (unix seconds): ids without a name (docs/kommo-api.md §2.7). Undefined as
 * above.
 */
export async function listLeadsDeletedSince(
  since: number,
  options: CallOptions,
): Promise<KommoLead[] | undefined> {
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
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const filter = ids.slice(start, start + IDS_AT_ONCE).map((id) => `filter[id][]=${id}`);
    const { leads } = await readPage(`${query}&${filter.join("&")}`, 1, options);
    found.push(...leads);
  }
  return found;
}

async function listPages(query: string, options: CallOptions): Promise<KommoLead[] | undefined> {
  const found: KommoLead[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { leads, isLast } = await readPage(query, page, options);
    found.push(...leads);
    if (isLast) return found;
  }
  return undefined;
}

async function readPage(query: string, page: number, options: CallOptions) {
  const path = `/leads?${query}&limit=${PAGE}&page=${page}`;
  const answer = await callKommo({ method: "GET", path }, leadsPageSchema, options);
  return { leads: answer?._embedded.leads ?? [], isLast: !answer?._links?.next };
}
