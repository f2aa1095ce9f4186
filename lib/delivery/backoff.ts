const SECOND = 1000;
const MINUTE = 60 * SECOND;
const STEPS_MS = [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE];
const JITTER = 0.2;

/** Milliseconds until the next try after `tries` failures (1 or more): growing to an hour, never given up, ±20 %. */
export function backoffMs(tries: number, random: () => number = Math.random): number {
  const step = STEPS_MS[Math.min(tries, STEPS_MS.length) - 1] ?? STEPS_MS[0];
  return Math.round((step ?? 0) * (1 + JITTER * (2 * random() - 1)));
}
