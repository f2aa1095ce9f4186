const LOADS_WITHIN_MS = 15_000;

/**
 * A part of the page that loads when it is wanted. Rejects when it does not come in time: over a poor connection its
 * request may hang for ever, and the browser tries it again only when it has failed.
 */
export function inTime<T>(loading: Promise<T>, withinMs = LOADS_WITHIN_MS): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("a part of the page does not come")), withinMs);
  return Promise.race([loading, promise]).finally(() => clearTimeout(timer));
}
