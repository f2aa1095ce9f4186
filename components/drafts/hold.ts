// Where the browser has no locks (plain http), only this page knows what it holds.
const held = new Set<string>();

/**
 * The right of one tab to act on what has this name. Answers what gives it back; it also ends with the tab, however that
 * ends. Undefined if another still has it after `waitMs`.
 */
export function hold(name: string, waitMs = 0): Promise<(() => void) | undefined> {
  if (!navigator.locks) return Promise.resolve(holdHere(name));
  const options = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
  return new Promise((resolve) => {
    navigator.locks
      .request(name, options, (granted) => {
        if (granted) return new Promise<void>((release) => resolve(release));
        resolve(undefined);
      })
      .catch(() => resolve(undefined));
  });
}

/** Resolves once no tab has it, however that came. Where the browser has no locks, never: then no other tab is known. */
export function waitUntilFree(name: string): Promise<void> {
  if (!navigator.locks) return new Promise(() => undefined);
  return navigator.locks.request(name, { mode: "shared" }, () => undefined);
}

function holdHere(name: string): (() => void) | undefined {
  if (held.has(name)) return undefined;
  held.add(name);
  return () => held.delete(name);
}
