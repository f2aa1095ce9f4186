import "server-only";
import type { CallOptions } from "@/lib/kommo/client";
import { listLeadsDeletedSince } from "@/lib/kommo/leads";
import { toSeconds, type UnconfirmedLead } from "./match";
import type { ReadOwnRecords } from "./own-records";

// Clocks differ between Kommo and us.
const MARGIN_SECONDS = 300;
// A request that has settled was applied before.
const APPLIED_WITHIN_MS = 10 * 60_000;

export type Trash = {
  /** The strangers there that may be the lead; undefined when the trash could not all be read. */
  listFor(lead: UnconfirmedLead): Promise<number[] | undefined>;
};

/**
 * Reads the trash. A deleted lead has no name left to compare, but Kommo's ids grow, which tells when it was made
 * (docs/kommo-api.md §2.7).
 */
export async function readTrash(
  missing: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "findOurs" | "lastBefore" | "firstAfter">,
  options: CallOptions,
): Promise<Trash> {
  const sentAt = missing.reduce((least, lead) => Math.min(least, lead.sentAt), Number.POSITIVE_INFINITY);
  const trash = await listLeadsDeletedSince(toSeconds(sentAt) - MARGIN_SECONDS, options);
  if (!trash || trash.skipped > 0) return { listFor: async () => undefined };
  const deleted = trash.leads.map(({ id }) => id);
  const ours = await own.findOurs(deleted);
  const strangers = deleted.filter((id) => !ours.has(id));
  const found = new Map<string, Promise<number[]>>();
  const listBetween = async (from: number, to: number) => {
    const [last, first] = [await own.lastBefore(from), await own.firstAfter(to + APPLIED_WITHIN_MS)];
    return strangers.filter((id) => id > last && id < first);
  };
  return {
    async listFor({ sentAt: from, sentUntil }) {
      if (strangers.length === 0) return [];
      const to = sentUntil ?? from;
      const key = `${from} ${to}`;
      const listed = found.get(key) ?? listBetween(from, to);
      found.set(key, listed);
      return listed;
    },
  };
}

/**
 * Tells of each of the `absent` leads whether it may lie in the trash. Kommo takes a request as a whole: where nothing is
 * found of all that one carried, and fewer strangers lie in the trash than those, they are not it.
 */
export async function toTrashTest(
  trash: Trash,
  absent: UnconfirmedLead[],
  own: Pick<ReadOwnRecords, "countSentAt">,
  isCleared: (kommoLeadId: number) => boolean = () => false,
): Promise<(lead: UnconfirmedLead) => Promise<boolean>> {
  const together = new Map<number, number>();
  for (const [batch, { length }] of Map.groupBy(absent, (lead) => lead.batch)) {
    if (batch !== null && (await own.countSentAt(batch)) === length) together.set(batch, length);
  }
  return async (lead) => {
    const strangers = await trash.listFor(lead);
    if (!strangers) return true;
    const { length } = strangers.filter((id) => !isCleared(id));
    return length > 0 && length >= (together.get(lead.batch ?? 0) ?? 0);
  };
}
