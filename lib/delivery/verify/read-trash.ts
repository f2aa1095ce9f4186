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

/** Places in the list of strangers: from the first to before the second. */
type Range = [from: number, to: number];

/** `strangers`: ids of Kommo, ascending. `toRange`: which of them may be the lead. */
export type Trash = { strangers: readonly number[]; toRange: (lead: UnconfirmedLead) => Range };

/**
 * Reads the trash. A deleted lead has no name left to compare, but Kommo's ids grow, which tells when it was made
 * (docs/kommo-api.md §2.7). `earlier`: what lay there before the lists were read and none of them showed. Undefined when the
 * trash could not all be read.
 */
export async function readTrash(
  missing: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "findOurs" | "lastBefore" | "firstAfter">,
  options: CallOptions,
  earlier: readonly number[] = [],
): Promise<Trash | undefined> {
  const now = await listDeleted(missing, options);
  if (!now) return undefined;
  const deleted = [...new Set([...now, ...earlier])];
  const ours = await own.findOurs(deleted);
  const strangers = deleted.filter((id) => !ours.has(id)).toSorted((one, other) => one - other);
  const ranges = new Map<string, Range>();
  for await (const some of inTurns(strangers.length === 0 ? [] : missing)) {
    for (const lead of some) {
      const key = toTimes(lead);
      if (!ranges.has(key)) ranges.set(key, await findRange(lead, strangers, own));
    }
  }
  return { strangers, toRange: (lead) => ranges.get(toTimes(lead)) ?? [0, 0] };
}

/** The ids in the trash; undefined when it could not all be read. */
export async function listDeleted(
  missing: UnconfirmedLead[],
  options: CallOptions,
): Promise<number[] | undefined> {
  const sentAt = missing.reduce((least, lead) => Math.min(least, lead.sentAt), Number.POSITIVE_INFINITY);
  const trash = await listLeadsDeletedSince(toSeconds(sentAt) - MARGIN_SECONDS, options);
  return !trash || trash.skipped > 0 ? undefined : trash.leads.map(({ id }) => id);
}

function toTimes({ sentAt, sentUntil }: UnconfirmedLead): string {
  return `${sentAt} ${sentUntil ?? sentAt}`;
}

async function findRange(
  { sentAt, sentUntil }: UnconfirmedLead,
  strangers: readonly number[],
  own: Pick<ReadOwnRecords, "lastBefore" | "firstAfter">,
): Promise<Range> {
  const last = await own.lastBefore(sentAt);
  const first = await own.firstAfter((sentUntil ?? sentAt) + APPLIED_WITHIN_MS, last);
  return [countUpTo(last, strangers), countUpTo(first - 1, strangers)];
}

function countUpTo(id: number, ascending: readonly number[]): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those strangers that may be one of the leads. */
export function listSuspects({ strangers, toRange }: Trash, leads: UnconfirmedLead[]): number[] {
  const steps = new Map<number, number>();
  const step = (place: number, by: number) => steps.set(place, (steps.get(place) ?? 0) + by);
  for (const [from, to] of leads.map(toRange)) {
    step(from, 1);
    step(to, -1);
  }
  let open = 0;
  return strangers.filter((_, place) => {
    open += steps.get(place) ?? 0;
    return open > 0;
  });
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
  const uncleared = [0];
  for (const id of trash.strangers) uncleared.push((uncleared.at(-1) ?? 0) + (cleared.has(id) ? 0 : 1));
  const countFor = (lead: UnconfirmedLead) => {
    const [from, to] = trash.toRange(lead);
    return (uncleared[to] ?? 0) - (uncleared[from] ?? 0);
  };
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
