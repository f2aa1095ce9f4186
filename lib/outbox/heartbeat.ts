import "server-only";

const shared = globalThis as typeof globalThis & { leadDeskBeat?: number };

/** The loop's sign of life, in epoch milliseconds; the health page is bundled apart from the loop. */
export function beat(now = Date.now()): void {
  shared.leadDeskBeat = now;
}

export function findLastBeat(): number | undefined {
  return shared.leadDeskBeat;
}
