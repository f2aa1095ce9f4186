import "server-only";
import { inTurns } from "@/lib/db/in-turns";
import type { CallOptions } from "@/lib/kommo/client";
import { listLeadsDeletedSince } from "@/lib/kommo/leads";
import { toSeconds, type UnconfirmedLead } from "./match";
import type { ReadOwnRecords } from "./own-records";

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
// A request that has settled was applied before.
const APPLIED_WITHIN_MS = 10 * 60_000;

/** What lies in the trash: an id of Kommo, and when it got there (unix seconds; `Infinity` where Kommo does not say). */
export type Deleted = { id: number; deletedAt: number };

/** Above the first id and below the second, and deleted since then (unix seconds). */
type Window = { above: number; below: number; since: number };
const NOWHERE: Window = { above: 0, below: 0, since: 0 };

/** `strangers`: none of ours. `toWindow`: which of them may be the lead. */
export type Trash = { strangers: readonly Deleted[]; toWindow: (lead: UnconfirmedLead) => Window };
export const EMPTY_TRASH: Trash = { strangers: [], toWindow: () => NOWHERE };

/**
 * Reads the trash. A deleted lead has no name left to compare, but Kommo's ids grow, which tells when it was made
 * (docs/kommo-api.md §2.7). `earlier`: what lay there before the lists were read and none of them showed. Undefined when the
 * trash could not all be read.
 */
export async function readTrash(
  missing: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "findOurs" | "lastBefore" | "firstAfter">,
  options: CallOptions,
  earlier: readonly Deleted[] = [],
): Promise<Trash | undefined> {
  const now = await listDeleted(missing, options);
  if (!now) return undefined;
  const deleted = new Map([...earlier, ...now].map((one) => [one.id, one]));
  const ours = await own.findOurs([...deleted.keys()]);
  const strangers = [...deleted.values()]
    .filter(({ id }) => !ours.has(id))
    .toSorted((one, other) => one.id - other.id);
  const windows = new Map<string, Window>();
  for await (const some of inTurns(strangers.length === 0 ? [] : missing)) {
    for (const lead of some) {
      const key = toTimes(lead);
      if (!windows.has(key)) windows.set(key, await findWindow(lead, own));
    }
  }
  return { strangers, toWindow: (lead) => windows.get(toTimes(lead)) ?? NOWHERE };
}

/** What is in the trash since the first of the leads was sent; undefined when it could not all be read. */
export async function listDeleted(
  missing: UnconfirmedLead[],
  options: CallOptions,
): Promise<Deleted[] | undefined> {
  const since = missing.reduce((least, lead) => Math.min(least, toSince(lead)), Number.POSITIVE_INFINITY);
  const trash = await listLeadsDeletedSince(since, options);
  if (!trash || trash.skipped > 0) return undefined;
  return trash.leads.map(({ id, updated_at }) => ({ id, deletedAt: updated_at ?? Number.POSITIVE_INFINITY }));
}

function toSince({ sentAt }: UnconfirmedLead): number {
  return toSeconds(sentAt) - MARGIN_SECONDS;
}

function toTimes({ sentAt, sentUntil }: UnconfirmedLead): string {
  return `${sentAt} ${sentUntil ?? sentAt}`;
}

async function findWindow(
  lead: UnconfirmedLead,
  own: Pick<ReadOwnRecords, "lastBefore" | "firstAfter">,
): Promise<Window> {
  const { sentAt, sentUntil } = lead;
  const above = await own.lastBefore(sentAt);
  const below = await own.firstAfter((sentUntil ?? sentAt) + APPLIED_WITHIN_MS, above);
  return { above, below, since: toSince(lead) };
}

function isWithin({ id, deletedAt }: Deleted, { above, below, since }: Window): boolean {
  return id > above && id < below && deletedAt >= since;
}

/** The ids of those strangers that may be one of the leads. */
export async function listSuspects(
  { strangers, toWindow }: Trash,
  leads: UnconfirmedLead[],
): Promise<number[]> {
  const suspects = new Set<number>();
  for await (const some of inTurns([...new Set(leads.map(toWindow))])) {
    for (const window of some) {
      for (const stranger of strangers) if (isWithin(stranger, window)) suspects.add(stranger.id);
    }
  }
  return [...suspects].toSorted((one, other) => one - other);
}

/**
 * Tells of each of the `absent` leads whether it may lie in the trash, among those strangers that are not `cleared`. Kommo
 * takes a request as a whole: where nothing is found of all that one carried, and fewer strangers lie in the trash than
 * those, they are not it.
 */
export async function toTrashTest(
  trash: Trash | undefined,
  absent: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "countSentAt">,
  cleared: ReadonlySet<number> = new Set(),
): Promise<(lead: UnconfirmedLead) => boolean> {
  if (!trash) return () => true;
  const uncleared = trash.strangers.filter(({ id }) => !cleared.has(id));
  const counts = new Map<Window, number>();
  for await (const some of inTurns([...new Set(absent.map(trash.toWindow))])) {
    for (const window of some)
      counts.set(window, uncleared.filter((stranger) => isWithin(stranger, window)).length);
  }
  const countFor = (lead: UnconfirmedLead) => counts.get(trash.toWindow(lead)) ?? 0;
  const suspicious = absent.filter((lead) => countFor(lead) > 0);
  const together = await countTogether(absent, new Set(suspicious.map(({ batch }) => batch)), own);
  return (lead) => {
    const count = countFor(lead);
    return count > 0 && count >= (together.get(lead.batch) ?? 0);
  };
}

/** Of these batches the ones that are absent as a whole, with the number of their leads. */
async function countTogether(
  absent: UnconfirmedLead[],
  batches: ReadonlySet<number | null>,
  own: Pick<ReadOwnRecords, "countSentAt">,
): Promise<Map<number | null, number>> {
  const together = new Map<number | null, number>();
  const byBatch = Map.groupBy(absent, ({ batch }) => batch);
  for await (const some of inTurns([...batches])) {
    for (const batch of some) {
      const count = byBatch.get(batch)?.length ?? 0;
      if (batch !== null && (await own.countSentAt(batch)) === count) together.set(batch, count);
    }
  }
  return together;
}
