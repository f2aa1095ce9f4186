import "server-only";
import { type CallOptions, callKommo } from "./client";
import { leadsPageSchema } from "./schema";

const PAGE = 250;
const MAX_PAGES = 20;
const IDS_AT_ONCE = 50;

export type KommoLead = {
  id: number;
  name?: string | null;
  created_at?: number | null;
  pipeline_id?: number | null;
  status_id?: number | null;
  _embedded?: { contacts?: { id: number }[] };
};

/** Leads created from one second (unix) to another, whatever has become of them but deletion (kommo-api.md §5.3). */
export async function listLeadsCreatedBetween(
  from: number,
  to: number,
  options: CallOptions,
): Promise<KommoLead[]> {
  return listPages(`with=contacts&filter[created_at][from]=${from}&filter[created_at][to]=${to}`, options);
}

/** Those of the leads that Kommo still has, incoming ones included; absent are the deleted and the declined (§2.7). */
export async function listLeadsById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  return listByIds(ids, "", options);
}

/** Those of the leads that lie in the trash: declined or deleted (§2.7). */
export async function listDeletedById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  return listByIds(ids, "with=only_deleted&", options);
}

/** Leads deleted or declined since then (unix seconds): ids without a name (§2.7). */
export async function listLeadsDeletedSince(since: number, options: CallOptions): Promise<KommoLead[]> {
  return listPages(`with=only_deleted&filter[updated_at][from]=${since}`, options);
}

async function listByIds(ids: number[], query: string, options: CallOptions): Promise<KommoLead[]> {
  const found: KommoLead[] = [];
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const filter = ids.slice(start, start + IDS_AT_ONCE).map((id) => `filter[id][]=${id}`);
    found.push(...(await listPages(query + filter.join("&"), options)));
  }
  return found;
}

async function listPages(query: string, options: CallOptions): Promise<KommoLead[]> {
  const leads: KommoLead[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/leads?${query}&limit=${PAGE}&page=${page}`;
    const answer = await callKommo({ method: "GET", path }, leadsPageSchema, options);
    leads.push(...(answer?._embedded.leads ?? []));
    if (!answer?._links?.next) break;
  }
  return leads;
}
