import "server-only";
import { inTurns } from "@/lib/db/in-turns";
import { applyChanges } from "@/lib/domain/outcome/apply-changes";
import type { Exchange } from "@/lib/kommo/client";
import { type ChangeOfLead, listLeadChanges } from "@/lib/kommo/lead-changes";
import { AT_ONCE, type LeadKnown, listOurs, lookAtAllOpen, saveKnown, toNextLook } from "./known-leads";
import type { LookContext } from "./look-context";
import { type ReadingState, saveReading } from "./reading-state";

// One page a look is enough for fifty changes a minute; these are for what is left after more.
const MOST_PAGES = 5;
// Events are listed late, and not in the order of their times.
const OVERLAP_SECONDS = 60;
const FIRST_SECONDS = 3600;
const DAY_MS = 24 * 3_600_000;
// Beyond that it takes longer to catch up than to read the open leads by their ids.
const MOST_PAGES_BEHIND = 200;

/**
 * Reads what Kommo tells since the last time, and writes it to our leads before how far it was read. Throws as callKommo does;
 * then it is read again (docs/kommo-api.md §2.7).
 */
export async function readEvents(state: ReadingState, context: LookContext): Promise<void> {
  const { db, now } = context;
  const since = state.since ?? Math.floor(now / 1000) - FIRST_SECONDS;
  const read = await readPages(since - OVERLAP_SECONDS, state.page, context);
  await applyToOurs(read.changes, context);
  const { end } = read;
  if (end === "useless") return saveReading(state, { events_off_until: now + DAY_MS }, db);
  // By Kommo's clock: ours may be wrong, and an event may claim a time to come.
  const clock = read.clock ?? Math.floor(now / 1000);
  const newest = Math.min(Math.max(state.newest, read.newest), clock);
  const until = state.page === 1 ? read.clock : state.until;
  const told = newest > Math.max(state.newest, since) ? { told_at: now } : {};
  if (end !== "read" && end.next <= MOST_PAGES_BEHIND)
    return saveReading(state, { since, until, newest, page: end.next, ...told }, db);
  // What is not read any more may have been about any lead.
  if (end !== "read") await lookAtAllOpen(now, db);
  const next = Math.min(until ?? Math.max(since, newest), clock);
  await saveReading(state, { since: next, until: null, newest, page: 1, ...told }, db);
}

/** `next`: the page that is still to be read. `useless`: the filters are ignored, and the events do not come newest first. */
type End = "read" | "useless" | { next: number };

async function readPages(from: number, firstPage: number, { options }: LookContext) {
  const changes: ChangeOfLead[] = [];
  let [clock, newest]: [number | null, number] = [null, 0];
  const record = (exchange: Exchange) => {
    clock ??= exchange.answeredAt ? Math.floor(exchange.answeredAt / 1000) : null;
    options.record?.(exchange);
  };
  const toRead = (end: End) => ({ changes, newest, clock, end });
  for (let page = firstPage; page < firstPage + MOST_PAGES; page++) {
    const read = await listLeadChanges(from, page, { ...options, record });
    changes.push(...read.changes);
    newest = Math.max(newest, read.newest ?? 0);
    if (read.isPast && !read.isNewestFirst) return toRead("useless");
    if (!read.hasNext || read.isPast) return toRead("read");
  }
  return toRead({ next: firstPage + MOST_PAGES });
}

async function applyToOurs(changes: ChangeOfLead[], context: LookContext): Promise<void> {
  const { db } = context;
  const byLead = Map.groupBy(changes, ({ leadId }) => leadId);
  const ours = await listOurs([...byLead.keys()], db);
  for await (const some of inTurns(ours)) {
    await db.transaction().execute(async (tx) => {
      for (const lead of some)
        await applyToLead(lead, byLead.get(lead.kommoId) ?? [], { ...context, db: tx });
    });
  }
}

async function applyToLead(lead: LeadKnown, changes: ChangeOfLead[], context: LookContext): Promise<void> {
  const { known, isUnsure } = applyChanges(
    lead.known,
    changes.map(({ change }) => change),
    context.stages,
  );
  const isNews = JSON.stringify(known) !== JSON.stringify(lead.known);
  if (!isNews && !isUnsure) return;
  const look_at = isUnsure ? AT_ONCE : toNextLook(known, lead.confirmedAt, context);
  await saveKnown(lead, known, { look_at }, context.db);
}
