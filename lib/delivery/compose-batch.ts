/** As many leads as Kommo advises for one request (docs/kommo-api.md §8). */
export const LARGEST_BATCH = 50;

/**
 * The leads of one request, in this order: at most `limit`, and none in a larger batch than it may be part of. Those that do
 * not fit wait for the next one. A lead may be listed twice.
 */
export function composeBatch<T extends { id: string; batchLimit: number | null }>(
  leads: readonly T[],
  limit: number,
): T[] {
  const batch = new Map<string, T>();
  let most = Math.min(limit, LARGEST_BATCH);
  for (const lead of leads) {
    const mostWithIt = Math.min(most, lead.batchLimit ?? LARGEST_BATCH);
    if (batch.has(lead.id) || batch.size >= mostWithIt) continue;
    most = mostWithIt;
    batch.set(lead.id, lead);
  }
  return [...batch.values()];
}

/** After a batch of so many had no answer: the most that may go together next. */
export function toHalf(size: number): number {
  return Math.max(1, Math.floor(size / 2));
}
