// product.md §6: never more than 6 requests in any second. The margin covers the way to Kommo, which may bring two
// requests closer together than they started.
const REQUESTS = 6;
const WINDOW_MS = 1030;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** Nearer places are left to who holds them: so much time is theirs to ask once more and to leave. */
export const NEAR_MS = 50;

/**
 * When the requests of the last minute started or will start, which of these are deliveries that yield to a person, the
 * least gap between two, and until when Kommo asked for silence: epoch ms.
 */
export type Budget = { starts: number[]; yielding: number[]; gapMs: number; closedUntil: number };

/** `spare`: so much later than `start` the request may leave (ms). */
type Turn = { start: number; spare: number; budget: Budget };

/**
 * The moment (epoch ms) at which the next request may start, and the budget with it taken. Who may leave up to `spare` ms
 * later is counted as leaving then, so that nobody who follows comes too close.
 */
export function nextStart({ starts, yielding, gapMs, closedUntil }: Budget, now: number, spare = 0): Turn {
  // What lies further ahead than Kommo ever asks for was written by a clock that has been set back since.
  const believed = starts.filter((at) => at - now < LONGEST_WAIT_MS);
  const reopens = closedUntil - now <= LONGEST_WAIT_MS ? closedUntil : 0;
  const sixthLast = believed.at(-REQUESTS) ?? 0;
  const last = believed.at(-1) ?? 0;
  const start = Math.max(now, sixthLast + WINDOW_MS, last + gapMs, reopens);
  const lastMinute = believed.filter((at) => at > now - MINUTE_MS);
  const waiting = yielding.filter((at) => at > now);
  const taken = { starts: [...lastMinute, start + spare], yielding: waiting, gapMs, closedUntil };
  return { start, spare, budget: taken };
}

/** As nextStart, for a delivery: while it waits, a person may take its place. */
export function nextYielding(budget: Budget, now: number): Turn {
  const turn = nextStart(budget, now);
  return turn.start - now > NEAR_MS ? offer(turn) : turn;
}

/** For a person at the keyboard: the first place that a delivery yields, else the next. */
export function nextForPerson(budget: Budget, now: number, spare = 0): Turn {
  const start = Math.min(...budget.yielding.filter((at) => at - now > NEAR_MS && at >= budget.closedUntil));
  if (start === Number.POSITIVE_INFINITY) return nextStart(budget, now, spare);
  return { start, spare: 0, budget: { ...budget, yielding: without(budget.yielding, start) } };
}

/** A place that is not used: nothing started then. */
export function giveBack(budget: Budget, start: number, spare: number): Budget {
  return {
    ...budget,
    starts: without(budget.starts, start + spare),
    yielding: without(budget.yielding, start),
  };
}

function offer({ start, spare, budget }: Turn): Turn {
  return { start, spare, budget: { ...budget, yielding: [...budget.yielding, start] } };
}

/** Two places may lie on one millisecond: one of them goes. */
export function without(starts: number[], start: number): number[] {
  const index = starts.indexOf(start);
  return index < 0 ? starts : starts.toSpliced(index, 1);
}
