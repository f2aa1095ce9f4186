const PER_ACCOUNT = 50;

/** `perSecond` 0 switches the limit off; `block` says how many refused requests within how long end in a block. */
export type Limits = { perSecond: number; block: { refusals: number; withinMs: number } };

export type Limiter = ReturnType<typeof createLimiter>;

/**
 * A sliding second for each key, another for the account, and the block that follows on repeated refusals.
 * docs/kommo-api.md §8
 */
export function createLimiter({ perSecond, block }: Limits) {
  const seen = new Map<string, number[]>();
  let refusals: number[] = [];
  let isBlocked = false;

  function recent(key: string, now: number): number[] {
    return (seen.get(key) ?? []).filter((at) => now - at < 1000);
  }

  function countRefusal(now: number): void {
    refusals = [...refusals.filter((at) => now - at < block.withinMs), now];
    isBlocked ||= refusals.length >= block.refusals;
  }

  return {
    isBlocked: () => isBlocked,
    allow(key: string, now: number): boolean {
      if (perSecond === 0) return true;
      const [mine, all] = [recent(key, now), recent("", now)];
      const isAllowed = mine.length < perSecond && all.length < PER_ACCOUNT;
      if (isAllowed) seen.set(key, [...mine, now]).set("", [...all, now]);
      else countRefusal(now);
      return isAllowed;
    },
    reset(): void {
      seen.clear();
      refusals = [];
      isBlocked = false;
    },
  };
}
