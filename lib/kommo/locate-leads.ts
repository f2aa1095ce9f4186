import "server-only";
import { z } from "zod";
import { inChunks } from "@/lib/domain/in-chunks";
import { AppError } from "@/lib/errors";
import { type CallOptions, callKommo } from "./client";
import { parseRecords } from "./parse-records";
import { leadRecordSchema, PAGE, toPageSchema } from "./schema";

const IDS_PER_REQUEST = 50;
const MAX_PAGES = 40;
const TRASH = ["with=only_deleted"];

/**
 * Ids of Kommo: what stands there, incoming leads included, what lies in the trash, and what may lie there in a part that was not
 * read, as the trash is too long.
 */
export type Located = { standing: Set<number>; trashed: Set<number>; unread: Set<number> };

/**
 * Where Kommo has each of these leads; what it has nowhere is in neither set. An account without the filter add-on answers
 * with everybody's leads (docs/kommo-api.md §5.5): then each lead is asked for by itself, and the trash read, of 10,000 leads at
 * the most. What cannot be understood throws `busy`: then nothing can be said. Throws as callKommo does.
 */
export async function locateLeads(ids: readonly number[], options: CallOptions): Promise<Located> {
  const asked = [...new Set(ids)];
  const standing = await findByIds(asked, [], options, (missing) => findEach(missing, options));
  const gone = asked.filter((id) => !standing.has(id));
  const unread = new Set<number>();
  const trashed = await findByIds(gone, TRASH, options, async (missing) => {
    const { found, isWhole } = await findInTrash(missing, options);
    if (!isWhole) for (const id of missing) if (!found.has(id)) unread.add(id);
    return found;
  });
  return { standing, trashed, unread };
}

/** `others` is asked for those that an answer does not show which goes on: so many were not asked for. */
async function findByIds(
  ids: number[],
  query: string[],
  options: CallOptions,
  others: (missing: number[]) => Promise<Set<number>>,
): Promise<Set<number>> {
  const found = new Set<number>();
  for (const some of inChunks(ids, IDS_PER_REQUEST)) {
    const filter = some.map((id) => `filter[id][]=${id}`);
    const read = await readIds([...query, ...filter], 1, options, new Set(some));
    const { shown, hasNext } = read;
    for (const id of shown) found.add(id);
    const missing = some.filter((id) => !found.has(id));
    if (missing.length > 0 && hasNext) for (const id of await others(missing)) found.add(id);
  }
  return found;
}

async function findEach(ids: number[], options: CallOptions): Promise<Set<number>> {
  const found = new Set<number>();
  for (const id of ids) {
    const path = `/leads/${id}`;
    const lead = await callKommo({ method: "GET", path }, z.unknown(), options);
    if (lead === null) continue;
    // An id that is not the one we asked for is no answer to our question.
    if (leadRecordSchema.safeParse(lead).data?.id !== id) throw new AppError("busy");
    found.add(id);
  }
  return found;
}

async function findInTrash(ids: number[], options: CallOptions) {
  const wanted = new Set(ids);
  const found = new Set<number>();
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { shown, hasNext } = await readIds(TRASH, page, options, wanted);
    for (const id of shown) found.add(id);
    if (!hasNext || found.size === wanted.size) return { found, isWhole: true };
  }
  return { found, isWhole: false };
}

/** Those of the wanted leads that one page shows. */
async function readIds(query: string[], page: number, options: CallOptions, wanted: ReadonlySet<number>) {
  const path = `/leads?${[...query, `limit=${PAGE}`, `page=${page}`].join("&")}`;
  const { list, hasNext } = await callKommo({ method: "GET", path }, toPageSchema("leads"), options);
  const { records, skipped } = parseRecords(leadRecordSchema, list);
  const shown = records.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  // A record that is not understood may be one of them.
  if (skipped.length > 0 && shown.length < wanted.size) throw new AppError("busy");
  return { shown, hasNext };
}
