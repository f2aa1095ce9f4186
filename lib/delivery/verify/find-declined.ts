import "server-only";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { CallOptions } from "@/lib/kommo/client";
import { type LeadEvents, listLeadEvents } from "@/lib/kommo/events";
import type { ReadOwnRecords } from "./own-records";

// 50 requests; so many strangers of one time are not there.
const MOST_ASKED = 500;

const NOT_TOLD: ReadonlySet<ErrorCode> = new Set(["blocked", "scope_missing", "account_missing", "refused"]);

/** `found`: by our lead's id, the lead of Kommo. `others`: those that surely are none of ours. */
export type Declined = { found: Map<string, number>; others: Set<number> };

/**
 * Finds our leads among strangers in the trash by what Kommo's events say of their reference field (docs/kommo-api.md §2.7).
 * A stranger of which they tell the deletion and no reference is none of ours, provided that they tell the reference of a
 * lead of ours that was never accepted: then this account tells it of all.
 */
export async function findDeclined(
  ids: ReadonlySet<string>,
  strangers: number[],
  fieldIds: ReadonlySet<number>,
  own: Pick<ReadOwnRecords, "findNewestUnaccepted">,
  options: CallOptions,
): Promise<Declined> {
  const declined: Declined = { found: new Map(), others: new Set() };
  if (strangers.length === 0 || strangers.length > MOST_ASKED) return declined;
  const known = await own.findNewestUnaccepted();
  const asked = known ? [...strangers, known.kommoLeadId] : strangers;
  const events = await listLeadEvents(asked, fieldIds, options).catch(toNothingTold);
  const tellsReferences = known !== undefined && hasText(events.get(known.kommoLeadId), known.id);
  for (const stranger of strangers) {
    const told = events.get(stranger);
    const ours = told?.texts.find((text) => ids.has(text));
    if (ours) declined.found.set(ours, stranger);
    else if (tellsReferences && told?.isDeletionTold && told.texts.length === 0)
      declined.others.add(stranger);
  }
  return declined;
}

/** A token may read leads and not events: then they tell nothing. */
function toNothingTold(error: unknown): Map<number, LeadEvents> {
  if (error instanceof AppError && NOT_TOLD.has(error.code)) return new Map();
  throw error;
}

function hasText(events: LeadEvents | undefined, text: string): boolean {
  return events?.texts.includes(text) ?? false;
}
