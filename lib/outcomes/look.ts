import "server-only";
import { isConnected } from "@/lib/account/bind-account";
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
import { type LookContext, pardon } from "./look-context";
import { readEvents } from "./read-events";
import { readDueLeads } from "./read-leads";
import { isOff, isReadDue, type ReadingState, saveReading, takeLook } from "./reading-state";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Surroundings = { network?: Network; stopping?: AbortSignal };

/**
 * Looks what became of our leads in Kommo when it is time: one request for the events, and once a minute one for leads by
 * their ids; in between, when a hook has woken it, only for those that an event has made urgent. Answers whether it looked.
 * When Kommo cannot be asked, nothing changes.
 */
export async function lookAtOutcomes(
  db: Db = getDb(),
  now: () => number = tellTime,
  { network, stopping }: Surroundings = {},
): Promise<boolean> {
  const state = await takeLook(db, now());
  if (!state) return false;
  if (!(await hasLeadsThere(db))) return true;
  try {
    // In another account the same ids are other people's leads.
    if (!(await isConnected(db, now))) return true;
    const leaving = toLeaving(db, now, network, stopping);
    const options = { ...leaving, signal: stopping, connection: await getConnection(db, now) };
    await look(state, await toContext(options, db, now()));
  } catch (error) {
    if (stopping?.aborted) return true;
    if (!(error instanceof AppError)) throw error;
    await adjustToLook(error, db, now());
  }
  return true;
}

/** What is only nice to know must not stop the queue: a 503 is no silence, and a token may deliver leads and not read them. */
async function adjustToLook(error: AppError, db: Db, now: number): Promise<void> {
  if (isForbidden(error)) return;
  const isPassing = error.kind !== "connection" && error.code !== "too_many_requests";
  await adjustToAnswer(isPassing ? error.code : error, undefined, db, now);
}

async function toContext(options: CallOptions, db: Db, now: number): Promise<LookContext> {
  const { stages } = await findKommoNames(db);
  const context: LookContext = { options, stages, db, now, kommoNow: now };
  options.record = ({ answeredAt }) => {
    context.kommoNow = answeredAt ?? context.kommoNow;
  };
  return context;
}

async function look(state: ReadingState, context: LookContext): Promise<void> {
  const { options, db, now } = context;
  if (!isOff(state.events_off_until, now)) {
    await readEvents(state, context).catch(async (error) => {
      const { code, kind } = await pardon(error, options);
      if (code === "unreachable") throw error;
      // What passes does not keep leads from being read.
      if (kind !== "temporary") await saveReading(state, { events_off_until: now + HOUR_MS }, db);
    });
  }
  const isUrgentOnly = !isReadDue(state, now);
  if (!isUrgentOnly) await saveReading(state, { read_at: now }, db);
  if (!isUrgentOnly && Math.abs(now - (state.filters_at ?? 0)) >= DAY_MS)
    return askForFilters(state, context);
  if (isOff(state.reads_off_until, now)) return;
  const pardoned = await readDueLeads(state, isUrgentOnly, context);
  if (pardoned?.kind === "connection") await saveReading(state, { reads_off_until: now + HOUR_MS }, db);
}

/** Once a day, instead of reading leads. */
async function askForFilters(state: ReadingState, { options, db, now }: LookContext): Promise<void> {
  // Asked first, so that a failure does not come every minute.
  await saveReading(state, { filters_at: now }, db);
  const hasFilters = await readFilterAddOn(options);
  const filters = hasFilters === undefined ? null : hasFilters ? "on" : "off";
  await saveReading(state, { filters }, db);
}
