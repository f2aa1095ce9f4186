import "server-only";
import { z } from "zod";
import { inChunks } from "@/lib/domain/in-chunks";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { leadFieldSchema, leadRecordSchema, leadWithFieldsSchema, PAGE, toPageSchema } from "./schema";

const MAX_PAGES = 40;
const MAX_PAGES_DOWN = 200;
const IDS_PER_REQUEST = 50;

/** Times are unix seconds. */
export type KommoLead = z.output<typeof leadRecordSchema>;

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

/** A lead with the texts of its custom fields; `createdAt` in unix seconds. */
export type ListedLead = {
  id: number;
  name: string | null;
  createdAt: number | null;
  contactIds: number[];
  custom: { fieldId: number; texts: string[] }[];
};

type Wanted = { since?: number; isWanted?: (lead: ListedLead) => boolean };

/** `isWhole`: false where the reading ended before the lowest id. `skipped`: as in KommoLeads. */
export type LeadsDown = { leads: ListedLead[]; skipped: number; isWhole: boolean };

/**
 * Every lead from the newest id down to this one, incoming ones included, deleted ones not (docs/kommo-api.md §5.3), of at
 * most 50,000. A lead that is deleted while the pages are read moves the others up, and one of them may be missed: absence
 * needs a second reading. With `since` (unix seconds) the reading also ends past a page on which every lead was made before
 * then, as far as those say who made them: an import may have backdated them, so nothing is certain of what follows; with `isWanted` the others are read and not kept. Throws as callKommo does.
 */
export async function listLeadsDownTo(
  lowestId: number,
  options: CallOptions,
  { since = Number.NEGATIVE_INFINITY, isWanted = () => true }: Wanted = {},
): Promise<LeadsDown> {
  const down: LeadsDown = { leads: [], skipped: 0, isWhole: false };
  let isPast = false;
  const seen = new Set<number>();
  for (let page = 1; page <= MAX_PAGES_DOWN && !down.isWhole && !isPast; page++) {
    const read = await readLeads(leadWithFieldsSchema, "order[id]=desc&with=contacts", page, options);
    // A lead that came meanwhile moves others to the next page, where they are read again.
    const fresh = read.leads.filter(({ id }) => id >= lowestId && !seen.has(id));
    down.leads.push(...fresh.map(toListedLead).filter(isWanted));
    for (const { id } of fresh) seen.add(id);
    down.skipped += read.skipped;
    down.isWhole = !read.hasNext || read.leads.some(({ id }) => id <= lowestId);
    isPast = read.leads.length > 0 && read.leads.every(({ created_at }) => isBefore(created_at, since));
  }
  return down;
}

function isBefore(createdAt: number | null | undefined, since: number): boolean {
  return (createdAt ?? Number.POSITIVE_INFINITY) < since;
}

/** What stands in the reference field of a lead: our lead's id, unless somebody has changed it. */
export function listReferences(
  { custom }: Pick<ListedLead, "custom">,
  fieldIds: ReadonlySet<number>,
): string[] {
  return custom.filter(({ fieldId }) => fieldIds.has(fieldId)).flatMap(({ texts }) => texts);
}

/**
 * Leads that carry this reference in one of the fields, of the first page of a search by it, which needs no filter (docs/kommo-api.md
 * §5.3). Throws as callKommo does.
 */
export async function listLeadsByReference(
  reference: string,
  fieldIds: ReadonlySet<number>,
  options: CallOptions,
): Promise<number[]> {
  const query = `query=${encodeURIComponent(reference)}`;
  const { leads } = await readLeads(leadWithFieldsSchema, query, 1, options);
  return leads
    .map(toListedLead)
    .filter((lead) => listReferences(lead, fieldIds).includes(reference))
    .map(({ id }) => id);
}

/**
 * Those of the leads that Kommo still has, incoming ones included; absent are the deleted and the declined. Where Kommo
 * ignores the filter, each that its answer lacks is asked for by itself (docs/kommo-api.md §2.7, §5.5).
 */
export async function listLeadsById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  const found: KommoLead[] = [];
  for (const some of inChunks(ids, IDS_PER_REQUEST)) {
    const { leads, isFiltered } = await readById(leadRecordSchema, some, "with=contacts", options);
    found.push(...leads);
    const shown = new Set(leads.map(({ id }) => id));
    for (const id of isFiltered ? [] : some) {
      if (!shown.has(id)) found.push(...(await readAlone(id, options)));
    }
  }
  return found;
}

/**
 * What stands in these fields of the leads that Kommo shows, by its id of the lead, as its list by ids has them; empty where Kommo
 * ignores the filter (docs/kommo-api.md §5.5) and none of them is on the first page.
 */
export async function listReferencesById(
  ids: number[],
  fieldIds: ReadonlySet<number>,
  options: CallOptions,
): Promise<Map<number, string[]>> {
  const { leads } = await readById(leadWithFieldsSchema, ids, "with=contacts", options);
  return new Map(leads.map((lead) => [lead.id, listReferences(toListedLead(lead), fieldIds)]));
}

/**
 * Those of the leads that lie in the trash: declined or deleted (docs/kommo-api.md §2.7); where Kommo ignores the filter, those
 * on its first page.
 */
export async function listDeletedById(ids: number[], options: CallOptions): Promise<KommoLead[]> {
  const found: KommoLead[] = [];
  for (const some of inChunks(ids, IDS_PER_REQUEST)) {
    found.push(...(await readById(leadRecordSchema, some, "with=only_deleted", options)).leads);
  }
  return found;
}

async function readById<S extends z.ZodType<{ id: number }>>(
  schema: S,
  ids: number[],
  query: string,
  options: CallOptions,
) {
  const filter = ids.map((id) => `filter[id][]=${id}`);
  const { leads } = await readLeads(schema, `${query}&${filter.join("&")}`, 1, options);
  const asked = new Set(ids);
  const shown = leads.filter(({ id }) => asked.has(id));
  return { leads: shown, isFiltered: shown.length === leads.length };
}

async function readAlone(id: number, options: CallOptions): Promise<KommoLead[]> {
  const path = `/leads/${id}?with=contacts`;
  const answer = await callKommo({ method: "GET", path }, z.unknown(), options);
  return parseRecords(leadRecordSchema, [answer]).records.filter((lead) => lead.id === id);
}

/** Several pages are read twice: what leaves the list meanwhile moves the others up, and one of them may be missed. */
async function listPages(query: string, options: CallOptions): Promise<KommoLeads | undefined> {
  const first = await readPages(query, options);
  if (!first || first.pages === 1) return first;
  const second = await readPages(query, options);
  if (!second) return undefined;
  const byId = new Map([...first.leads, ...second.leads].map((lead) => [lead.id, lead]));
  return { leads: [...byId.values()], skipped: Math.max(first.skipped, second.skipped) };
}

async function readPages(
  query: string,
  options: CallOptions,
): Promise<(KommoLeads & { pages: number }) | undefined> {
  const all: KommoLeads = { leads: [], skipped: 0 };
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { leads, skipped, hasNext } = await readLeads(leadRecordSchema, query, page, options);
    all.leads.push(...leads);
    all.skipped += skipped;
    if (!hasNext) return { ...all, pages: page };
  }
  return undefined;
}

async function readLeads<S extends z.ZodType>(schema: S, query: string, page: number, options: CallOptions) {
  const path = `/leads?${query}&limit=${PAGE}&page=${page}`;
  const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("leads"), options);
  const { records, skipped } = parseRecords(schema, list);
  return { leads: records, skipped: skipped.length, hasNext };
}

function toListedLead(lead: z.output<typeof leadWithFieldsSchema>): ListedLead {
  const { id, name, created_at, custom_fields_values, _embedded } = lead;
  const fields = parseRecords(leadFieldSchema, custom_fields_values).records;
  return {
    id,
    name: name ?? null,
    createdAt: created_at ?? null,
    contactIds: _embedded?.contacts?.map((contact) => contact.id) ?? [],
    custom: fields.map(({ field_id, values }) => ({
      fieldId: field_id,
      texts: values.map(({ value }) => value),
    })),
  };
}
