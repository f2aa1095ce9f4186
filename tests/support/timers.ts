import { setImmediate } from "node:timers";
import * as timers from "node:timers/promises";

type Clock = { now(): number; set(at: number): void };
type Sleeper = { until: number; wake(): void };

let clock: Clock | undefined;
const sleepers: Sleeper[] = [];

/** Whoever sleeps from now on moves this clock instead of waiting. */
export function sleepBy(own: Clock): void {
  clock = own;
}

/** In place of node:timers/promises. The first to wake goes first, so that nobody finds the clock too far ahead. */
export const timersByClock = { ...timers, setTimeout: sleep };

async function sleep<T>(
  ms = 0,
  value?: T,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T | undefined> {
  if (!clock) throw new Error("whose clock?");
  signal?.throwIfAborted();
  const { promise, resolve } = Promise.withResolvers<void>();
  sleepers.push({ until: clock.now() + ms, wake: resolve });
  sleepers.sort((one, other) => one.until - other.until);
  setImmediate(wakeFirst);
  await promise;
  signal?.throwIfAborted();
  return value;
}

function wakeFirst(): void {
  const first = sleepers.shift();
  if (!clock || !first) return;
  clock.set(Math.ceil(Math.max(clock.now(), first.until)));
  first.wake();
}
