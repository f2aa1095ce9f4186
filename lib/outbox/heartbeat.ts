import "server-only";

type Beat = { at: number; failure?: string };

const shared = globalThis as typeof globalThis & { leadDeskBeat?: Beat };

/**
 * The loop's sign of life, and the failure of its last round if it failed. By the monotonic clock (ms), as a clock that
 * was set back would hide a dead loop; on globalThis, as the health page is bundled apart from the loop.
 */
export function beat(failure?: string, at = performance.now()): void {
  shared.leadDeskBeat = { at, failure };
}

export function findLastBeat(): Beat | undefined {
  return shared.leadDeskBeat;
}
