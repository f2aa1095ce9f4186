// Kommo allows 7 requests in any second (docs/kommo-api.md §8): one below it, as timers may end a moment early.
const REQUESTS = 6;
const WINDOW_MS = 1005;
// When a request reaches Kommo is sure only with its answer; until then it is taken to be on its way for so long.
const WAY_MS = 40;
const MINUTE_MS = 60_000;

/** Nearer places are left to who holds them: so much time is theirs to ask once more and to leave. */
export const NEAR_MS = 50;

/**
 * When the requests of the last minute count as arrived, or will, in that order, which starts among these are deliveries
 * that yield to a person, the least gap between two, and until when Kommo asked for silence: epoch ms.
 */
export type Budget = { arrivals: number[]; yielding: number[]; gapMs: number; closedUntil: number };

/** `spare`: so much later than `start` the request may leave (ms). `arrival`: when it counts as arrived (epoch ms). */
type Slot = { start: number; spare: number; arrival: number; budget: Budget };

/**
 * The moment (epoch ms) at which the next request may start, and the budget with it taken. Who may leave up to `spare` ms
 * later is counted as leaving then, so that nobody who follows comes too close.
 */
export function nextStart({ arrivals, yielding, gapMs, closedUntil }: Budget, now: number, spare = 0): Slot {
  const sixthLast = arrivals.at(-REQUESTS) ?? 0;
  const afterGap = gapMs > 0 ? (arrivals.at(-1) ?? 0) + gapMs : 0;
  const start = Math.max(now, sixthLast + WINDOW_MS, afterGap, closedUntil);
  const arrival = start + spare + WAY_MS;
  const lastMinute = arrivals.filter((at) => at > now - MINUTE_MS);
  const waiting = yielding.filter((at) => at > now);
  const taken = { arrivals: insert(lastMinute, arrival), yielding: waiting, gapMs, closedUntil };
  return { start, spare, arrival, budget: taken };
}

/** As nextStart, for a delivery: while it waits, a person may take its place. */
export function nextYielding(budget: Budget, now: number): Slot {
  const slot = nextStart(budget, now);
  return slot.start - now > NEAR_MS ? offer(slot) : slot;
}

/** For a person at the keyboard: the first place that a delivery yields, else the next. */
export function nextForPerson(budget: Budget, now: number, spare = 0): Slot {
  const start = Math.min(...budget.yielding.filter((at) => at - now > NEAR_MS && at >= budget.closedUntil));
  if (start === Number.POSITIVE_INFINITY) return nextStart(budget, now, spare);
  const yielding = without(budget.yielding, start);
  return { start, spare: 0, arrival: start + WAY_MS, budget: { ...budget, yielding } };
}

type Taken = Pick<Slot, "start" | "arrival">;

/** A place that is not used: nothing started then. */
export function giveBack(budget: Budget, { start, arrival }: Taken): Budget {
  const arrivals = without(budget.arrivals, arrival);
  return { ...budget, arrivals, yielding: without(budget.yielding, start) };
}

/** True when requests before it were answered late, so that it would be one too many in its second. */
export function isCrowded({ arrivals }: Budget, { start, arrival }: Taken): boolean {
  const others = without(arrivals, arrival);
  return others.filter((at) => at > start - WINDOW_MS && at <= arrival).length >= REQUESTS;
}

/** The answer has come (epoch ms): the request arrived before, so a second after this it counts no more. */
export function settle(budget: Budget, { arrival }: Taken, answered: number): Budget {
  return { ...budget, arrivals: insert(without(budget.arrivals, arrival), answered) };
}

/**
 * After the clock was set back by so many ms: what lies ahead of it counts as arriving with those that are about to leave
 * at this moment, so that the next second holds no more than six, and who waited for a place asks anew.
 */
export function setBack(budget: Budget, now: number, by: number): Budget {
  const arrivals = budget.arrivals.map((at) => Math.min(at, now + NEAR_MS + WAY_MS));
  return { ...budget, arrivals, yielding: [], closedUntil: budget.closedUntil - by };
}

function offer(slot: Slot): Slot {
  const { budget, start } = slot;
  return { ...slot, budget: { ...budget, yielding: [...budget.yielding, start] } };
}

function insert(times: number[], time: number): number[] {
  return [...times, time].sort((one, other) => one - other);
}

/** Two places may lie on one millisecond: one of them goes. */
export function without(times: number[], time: number): number[] {
  const index = times.indexOf(time);
  return index < 0 ? times : times.toSpliced(index, 1);
}
