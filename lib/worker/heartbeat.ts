import "server-only";

type Beat = { at: number; failure?: string };

const shared = globalThis as typeof globalThis & { leadDeskBeat?: Beat; leadDeskUnreadAt?: number };

/**
 * The loop's sign of life, and the failure of its last round if it failed. By the monotonic clock (ms), as a clock that
 * was set back would hide a dead loop; on globalThis, as the health page is bundled apart from the loop.
 */
export function beat(failure?: string, at = performance.now()): void {
  shared.leadDeskBeat = { at, failure };
}

/** Within a round: it goes on, whatever became of the one before. */
export function showProgress(at = performance.now()): void {
  if (shared.leadDeskBeat) shared.leadDeskBeat = { ...shared.leadDeskBeat, at };
}

// A request with its time-outs, and what is done between two of them.
const BEAT_WITHIN_MS = 90_000;

/** False for a loop that hangs: its last round, or its last turn in it, began too long ago. */
export function isBeating(monotonic = performance.now()): boolean {
  const last = findLastBeat();
  return last !== undefined && monotonic - last.at <= BEAT_WITHIN_MS;
}

/** Leads leave although Kommo's lists cannot be read first, or no longer do. */
export function showUnread(isUnread: boolean, at = performance.now()): void {
  shared.leadDeskUnreadAt = isUnread ? at : undefined;
}

const UNREAD_WITHIN_MS = 15 * 60_000;

/** Where nothing leaves any more, nothing is read first. */
export function isUnread(monotonic = performance.now()): boolean {
  const { leadDeskUnreadAt: at } = shared;
  return at !== undefined && monotonic - at <= UNREAD_WITHIN_MS;
}

export function findLastBeat(): Beat | undefined {
  return shared.leadDeskBeat;
}
