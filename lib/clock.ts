type Reading = { time: number; at: number };

// On globalThis, as Next bundles pages, actions and the loop apart.
const shared = globalThis as typeof globalThis & { leadDeskReading?: Reading };

/**
 * Epoch milliseconds by the clock that all processes on a database share: PostgreSQL's own, since it was read last by the
 * monotonic clock, which nobody sets; or this machine's clock for a SQLite file.
 */
export function tellTime(): number {
  const last = shared.leadDeskReading;
  return last ? Math.floor(last.time + performance.now() - last.at) : Date.now();
}

/**
 * Takes over what was read of that clock (epoch ms); `askedAt` by performance.now(). The time changes only as far as it must:
 * the reading may have waited for long on its way here.
 */
export function setTime(read: number, askedAt: number): void {
  const at = performance.now();
  const believed = shared.leadDeskReading
    ? shared.leadDeskReading.time + at - shared.leadDeskReading.at
    : read;
  shared.leadDeskReading = { time: Math.min(Math.max(believed, read), read + at - askedAt), at };
}
