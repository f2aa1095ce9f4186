/**
 * Starts a watch that answers how many milliseconds have passed, by the clock that says more: one may be set back, the
 * other stands still while the machine sleeps.
 */
export function startWatch(now: () => number): () => number {
  const [began, monotonic] = [now(), performance.now()];
  return () => Math.max(now() - began, performance.now() - monotonic);
}
