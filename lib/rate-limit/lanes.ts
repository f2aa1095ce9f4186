import "server-only";
import { type RawBuilder, sql } from "kysely";
import { tellTime } from "@/lib/clock";
import { type Db, getDb, isPostgres } from "@/lib/db/client";
import { toClock } from "@/lib/db/clock";
import { getEnv } from "@/lib/env";

/** One slot a second is for people at the keyboard, the others are for deliveries, verification and the catalogue. */
export type Lane = "people" | "delivery";

const FIRST_GAP_MS = 500;
const LONGEST_GAP_MS = 60_000;
const MINUTE_MS = 60_000;
// Two who look at the clock at the same time may ask the database one after the other.
const ASKED_APART_MS = 1000;
// A second is taken to be so much longer: requests reach Kommo a little sooner or later than evenly.
const SPARE_MS = 50;
const MOST_EXTRA_MS = 200;

/** A slot is booked so shortly before it begins: a silence counts at once, and who goes away wastes next to none. */
export const AHEAD_MS = 50;
/** Nobody books a slot further ahead than this, so a start beyond it was booked by a clock that has been set back. */
export const MOST_AHEAD_MS = 2000;

/**
 * `gapMs` lies between two starts of the lane; a request may leave up to `lateMs` after its start. The gaps are so wide that
 * of arrivals up to 50 ms + one delivery gap (200 ms at most) late, a sliding second holds at most `perSecond` deliveries
 * and one person's, hence one more than allowed. Half of that is for us to be late, half for the network.
 */
export function toLaneTimes(lane: Lane, perSecond: number): { gapMs: number; lateMs: number } {
  const deliveryGapMs = Math.ceil((1000 + SPARE_MS) / (perSecond - 1));
  const extraMs = Math.min(deliveryGapMs, MOST_EXTRA_MS);
  return {
    gapMs: lane === "delivery" ? deliveryGapMs : 1000 + SPARE_MS + extraMs,
    lateMs: SPARE_MS + extraMs / 2,
  };
}

type Booking = { lane: Lane; gapMs: number; leadMs: number; missed?: number };

/**
 * Books the lane's next free start, at most 50 ms before or after `leadMs` from now; undefined when there is none.
 * `missed` is a start that was booked and not used: it is given back, unless another has been booked behind it. Times are
 * epoch ms of one clock.
 */
export async function bookStart(
  { lane, gapMs, leadMs, missed = -1 }: Booking,
  db: Db,
  now: number,
): Promise<{ start: number; clock: number } | undefined> {
  const clock = toClock(db, now);
  const start = nextStart(gapMs, db, clock, { leadMs, missed });
  const minute = sql`${start} / ${sql.lit(MINUTE_MS)}`;
  const { rows } = await sql<{ start: number; clock: number }>`
    update rate_lanes set
      last_start = ${start},
      taken = case when minute = ${minute} then taken else 0 end + ${sql.lit(missed < 0 ? 1 : 0)},
      taken_before = case when minute = ${minute} then taken_before when minute = ${minute} - 1 then taken else 0 end,
      minute = ${minute}
    where lane = ${lane} and ${start} <= ${clock} + cast(${leadMs + AHEAD_MS} as bigint)
    returning last_start as start, ${clock} as clock`.execute(db);
  return rows[0];
}

// What the lane's own gaps come to at the most.
const SHORT_PAUSE_MS = 1500;

/** Whether Kommo asks for a silence that is to be waited out before anything is claimed or read. */
export async function isSilent(db: Db, now: number): Promise<boolean> {
  return (await findPause(db, now)) > SHORT_PAUSE_MS;
}

/** Milliseconds until the lane's next request may start. */
export async function findPause(
  db: Db = getDb(),
  now = tellTime(),
  lane: Lane = "delivery",
  { gapMs } = toLaneTimes(lane, getEnv().kommo.requestsPerSecond),
): Promise<number> {
  const clock = toClock(db, now);
  const { rows } = await sql<{ pause: number }>`
    select ${nextStart(gapMs, db, clock)} - ${clock} as pause from rate_lanes where lane = ${lane}`.execute(
    db,
  );
  return Math.max(0, Number(rows[0]?.pause));
}

/** After a 429: silence for as long as Kommo asks (seconds), and from now on twice the gap (500 ms to a minute). */
export async function slowDown(retryAfterSeconds: number, db: Db = getDb(), now = tellTime()): Promise<void> {
  const { least, greatest } = functionsOf(db);
  const clock = toClock(db, now);
  const reopens = sql`${greatest}(${opens(clock)}, ${clock} + ${sql.lit(Math.ceil(retryAfterSeconds * 1000))})`;
  await sql`
    update rate_lanes set
      last_start = ${greatest}(last_start, ${clock}),
      gap_ms = ${least}(${sql.lit(LONGEST_GAP_MS)}, ${greatest}(${sql.lit(FIRST_GAP_MS)}, gap_ms * 2)),
      closed_until = ${reopens},
      silence_ms = ${reopens} - ${clock} + ${sql.lit(ASKED_APART_MS)}`.execute(db);
}

/** After a success: half the gap, until it is the lane's own again. */
export async function speedUp(db: Db = getDb()): Promise<void> {
  await sql`
    update rate_lanes set gap_ms = case when gap_ms <= ${sql.lit(FIRST_GAP_MS)} then 0 else gap_ms / 2 end
    where gap_ms > 0`.execute(db);
}

/** Slots of the last 60 s in both lanes: this minute's, and of the minute before the part that is not yet over. */
export async function countRequests(db: Db = getDb(), now = tellTime()): Promise<number> {
  const { rows } = await sql<{ minute: number; taken: number; taken_before: number; clock: number }>`
    select minute, taken, taken_before, ${toClock(db, now)} as clock from rate_lanes`.execute(db);
  const counts = rows.map(({ minute, taken, taken_before, clock }) => {
    const age = Number(clock) / MINUTE_MS - Number(minute);
    if (age < 1) return Number(taken) + Number(taken_before) * (1 - Math.max(0, age));
    return Number(taken) * Math.max(0, 2 - age);
  });
  return Math.round(counts.reduce((sum, count) => sum + count, 0));
}

function nextStart(gapMs: number, db: Db, clock: RawBuilder<number>, { leadMs = 0, missed = -1 } = {}) {
  const { greatest } = functionsOf(db);
  const next = sql`last_start + ${greatest}(gap_ms, ${sql.lit(gapMs)})`;
  const earliest = sql`${clock} + cast(${leadMs} as bigint)`;
  // Who asks a little late takes the start that has just passed, so that a drain keeps its pace.
  const free = sql`case
    when last_start > ${clock} + ${sql.lit(MOST_AHEAD_MS)} then ${clock} + ${sql.lit(AHEAD_MS)}
    when last_start = ${missed} or ${next} < ${earliest} - ${sql.lit(SPARE_MS)} then ${earliest}
    else ${next} end`;
  return sql`${greatest}(${free}, ${opens(clock)})`;
}

/** A silence that ends later than was asked for is of a clock that has been set back: Kommo says so again if it lasts. */
function opens(clock: RawBuilder<number>) {
  return sql`case when closed_until > ${clock} + silence_ms then 0 else closed_until end`;
}

function functionsOf(db: Db) {
  return isPostgres(db)
    ? { least: sql.raw("least"), greatest: sql.raw("greatest") }
    : { least: sql.raw("min"), greatest: sql.raw("max") };
}
