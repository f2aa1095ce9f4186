import "server-only";
import { tellTime } from "@/lib/clock";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { CallOptions, Network } from "@/lib/kommo/client";
import { readFilterAddOn } from "@/lib/kommo/lead-outcomes";
import { isForbidden } from "@/lib/kommo/problem";
import { findKommoNames } from "@/lib/leads/kommo-names";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { hasLeadsThere } from "./known-leads";
import { readEvents } from "./read-events";
import { readDueLeads } from "./read-leads";
import { type ReadingState, saveReading, takeLook } from "./reading-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Looks what became of our leads in Kommo when it is time: one request for the events and one for leads by their ids, so two a
 * minute, unless more than fifty things change in a minute. Answers whether it looked. When Kommo cannot be asked, nothing
 * changes.
 */
export async function lookAtOutcomes(
  db: Db = getDb(),
  now: () => number = tellTime,
  network?: Network,
): Promise<boolean> {
  const state = await takeLook(db, now());
  if (!state) return false;
  if (!(await hasLeadsThere(db))) return true;
  try {
    const options = { ...toLeaving(db, now, network), connection: await getConnection(db) };
    await look(state, options, db, now);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // A token may deliver leads and not read them: what is only nice to know must not stop the queue.
    if (!isForbidden(error)) await adjustToAnswer(error, undefined, db, now());
  }
  return true;
}

async function look(state: ReadingState, options: CallOptions, db: Db, now: () => number): Promise<void> {
  const { stages } = await findKommoNames(db);
  if (state.events_off_until <= now()) {
    await readEvents(state, { options, stages, db, now: now() }).catch(async (error) => {
      if (!(error instanceof AppError && isForbidden(error))) throw error;
      await saveReading(state, { events_off_until: now() + HOUR_MS }, db);
    });
  }
  if (Math.abs(now() - (state.filters_at ?? 0)) >= DAY_MS) return askForFilters(state, options, db, now());
  await readDueLeads(state, { options, stages, db, now: now() });
}

/** Once a day, instead of reading leads. */
async function askForFilters(state: ReadingState, options: CallOptions, db: Db, now: number): Promise<void> {
  const hasFilters = await readFilterAddOn(options);
  const filters = hasFilters === undefined ? null : hasFilters ? "on" : "off";
  await saveReading(state, { filters, filters_at: now }, db);
}
