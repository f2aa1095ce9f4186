import "server-only";
import { type CallOptions, callKommo } from "./client";
import { leadRecordSchema, leadRecordsPageSchema, leadsPageSchema } from "./schema";

const PAGE = 250;
const MAX_PAGES = 40;
const MAX_PAGES_DOWN = 200;
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

/** A lead with the texts of its custom fields; `createdAt` in unix seconds. */
export type ListedLead = {
  id: number;
  name: string | null;
  createdAt: number | null;
  contactIds: number[];
  custom: { fieldId: number; texts: string[] }[];
};

/** `isWhole`: false where the list ended before the lowest id. `oddCount`: records without a sound id, which were skipped. */
export type LeadsDown = { leads: ListedLead[]; isWhole: boolean; oddCount: number };

/**
 * Every lead from the newest id down to this one, incoming ones included, deleted ones not (docs/kommo-api.md §5.3), of at
 * most 50,000. A lead that is deleted while the pages are read moves the others up, and one of them may be missed: absence
 * needs a second reading.
 */
export async function listLeadsDownTo(lowestId: number, options: CallOptions): Promise<LeadsDown> {
  const down: LeadsDown = { leads: [], isWhole: false, oddCount: 0 };
  const seen = new Set<number>();
  for (let page = 1; page <= MAX_PAGES_DOWN && !down.isWhole; page++) {
    const path = `/leads?order[id]=desc&with=contacts&limit=${PAGE}&page=${page}`;
    const answer = await callKommo({ method: "GET", path }, leadRecordsPageSchema, options);
    const records = answer?._embedded.leads ?? [];
    const leads = records.flatMap(toListedLead);
    // A lead that came meanwhile moves others to the next page, where they are read again.
    down.leads.push(...leads.filter(({ id }) => id >= lowestId && !seen.has(id)));
    for (const { id } of leads) seen.add(id);
    down.oddCount += records.length - leads.length;
    down.isWhole = !answer?._links?.next || leads.some(({ id }) => id <= lowestId);
  }
  return down;
}

/** What stands in the reference field of a lead: our lead's id, unless somebody has changed it. */
export function listReferences({ custom }: Pick<ListedLead, "custom">, fieldId: number): string[] {
  return custom.filter((field) => field.fieldId === fieldId).flatMap(({ texts }) => texts);
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

function toListedLead(record: unknown): ListedLead[] {
  const read = leadRecordSchema.safeParse(record);
  if (!read.success) return [];
  const { id, name, created_at, custom_fields_values, _embedded } = read.data;
  return [
    {
      id,
      name: name ?? null,
      createdAt: created_at ?? null,
      contactIds: _embedded.contacts.map((contact) => contact.id),
      custom: custom_fields_values.map(({ field_id, values }) => ({
        fieldId: field_id,
        texts: values.map(({ value }) => value),
      })),
    },
  ];
}
