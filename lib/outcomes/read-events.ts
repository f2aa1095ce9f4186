import "server-only";
import type { Db } from "@/lib/db/client";
import { inTurns } from "@/lib/db/in-turns";
import { applyChanges } from "@/lib/domain/outcome/apply-changes";
import type { Stages } from "@/lib/domain/outcome/stages";
import type { CallOptions, Exchange } from "@/lib/kommo/client";
import { type ChangeOfLead, listLeadChanges } from "@/lib/kommo/lead-changes";
import { type LeadKnown, listOurs, saveKnown, toNextLook } from "./known-leads";
import { type ReadingState, saveReading } from "./reading-state";

// One page a look is enough for fifty changes a minute; these are for what is left after more.
const MOST_PAGES = 5;
// Events are listed late, and not in the order of their times.
const OVERLAP_SECONDS = 60;
const FIRST_SECONDS = 3600;
const DAY_MS = 24 * 3_600_000;
// Beyond that it takes longer to catch up than to read the open leads by their ids.
const MOST_PAGES_BEHIND = 200;
const AT_ONCE = 0;

type Context = { options: CallOptions; stages: Stages; db: Db; now: number };

/**
 * Reads what Kommo tells since the last time, and writes it to our leads together with how far it was read. Throws as callKommo
 * does; then it is read again (docs/kommo-api.md §2.7).
 */
export async function readEvents(state: ReadingState, context: Context): Promise<void> {
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
  if (end !== "read") await lookAtAllOpen(db);
  const next = Math.min(until ?? Math.max(since, newest), clock);
  await saveReading(state, { since: next, until: null, newest, page: 1, ...told }, db);
}

/** `next`: the page that is still to be read. `useless`: the filters are ignored, and the events do not come newest first. */
type End = "read" | "useless" | { next: number };

async function readPages(from: number, firstPage: number, { options }: Context) {
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
    const isPast = (read.oldest ?? from) < from;
    if (isPast && !read.isNewestFirst) return toRead("useless");
    if (!read.hasNext || isPast) return toRead("read");
  }
  return toRead({ next: firstPage + MOST_PAGES });
}

async function applyToOurs(changes: ChangeOfLead[], { stages, db, now }: Context): Promise<void> {
  const byLead = Map.groupBy(changes, ({ leadId }) => leadId);
  const ours = await listOurs([...byLead.keys()], db);
  for await (const some of inTurns(ours)) {
    await db.transaction().execute(async (tx) => {
      for (const lead of some) await applyToLead(lead, byLead.get(lead.kommoId) ?? [], stages, tx, now);
    });
  }
}

async function applyToLead(
  lead: LeadKnown,
  changes: ChangeOfLead[],
  stages: Stages,
  db: Db,
  now: number,
): Promise<void> {
  const { known, isUnsure } = applyChanges(
    lead.known,
    changes.map(({ change }) => change),
    stages,
  );
  const isNews = JSON.stringify(known) !== JSON.stringify(lead.known);
  if (!isNews && !isUnsure) return;
  await saveKnown(
    lead,
    known,
    { look_at: isUnsure ? AT_ONCE : toNextLook(known, lead.confirmedAt, now) },
    db,
  );
}

async function lookAtAllOpen(db: Db): Promise<void> {
  await db.updateTable("leads").set({ look_at: AT_ONCE }).where("look_at", "is not", null).execute();
}
