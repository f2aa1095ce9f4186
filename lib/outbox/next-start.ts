// product.md §6: never more than 6 requests in any second. The margin covers the way to Kommo, which may bring two
// requests closer together than they started.
const REQUESTS = 6;
const WINDOW_MS = 1030;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60 * 1000;

/** When the requests of the last minute started, the least gap between two, and until when Kommo asked for silence: epoch ms. */
export type Budget = { starts: number[]; gapMs: number; closedUntil: number };

/** The moment (epoch ms) at which the next request may start, and the budget with it taken. */
export function nextStart(
  { starts, gapMs, closedUntil }: Budget,
  now: number,
): { start: number; budget: Budget } {
  // What lies further ahead than Kommo ever asks for was written by a clock that has been set back since.
  const believed = starts.filter((at) => at - now < LONGEST_WAIT_MS);
  const reopens = closedUntil - now <= LONGEST_WAIT_MS ? closedUntil : 0;
  const sixthLast = believed.at(-REQUESTS) ?? 0;
  const last = believed.at(-1) ?? 0;
  const start = Math.max(now, sixthLast + WINDOW_MS, last + gapMs, reopens);
  const lastMinute = believed.filter((at) => at > now - MINUTE_MS);
  return { start, budget: { starts: [...lastMinute, start], gapMs, closedUntil } };
}
