/**
 * Starts a watch that answers how many milliseconds have passed, by the clock that says more: one may be set back, the
 * other stands still while the machine sleeps.
 */
export function startWatch(now: () => number, monotonic = () => performance.now()): () => number {
  const [began, beganMonotonic] = [now(), monotonic()];
  return () => Math.max(now() - began, monotonic() - beganMonotonic);
}
