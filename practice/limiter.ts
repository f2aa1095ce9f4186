/** True while `key` has made fewer than `perSecond` requests in the last second; 0 switches the limit off. kommo-api.md §8 */
export function createLimiter(perSecond: number): (key: string, now: number) => boolean {
  const seen = new Map<string, number[]>();

  return (key, now) => {
    if (perSecond === 0) return true;
    const recent = (seen.get(key) ?? []).filter((at) => now - at < 1000);
    const isAllowed = recent.length < perSecond;
    seen.set(key, isAllowed ? [...recent, now] : recent);
    return isAllowed;
  };
}
