const DAY_MS = 24 * 60 * 60 * 1000;
const WARN_AT_DAYS = [1, 7, 14, 30];

/** Whole days until the token ends, 0 on its last day and after it. */
export function toDaysLeft(expiresAt: number, now: number): number {
  return Math.max(0, Math.floor((expiresAt - now) / DAY_MS));
}

/** The warning that stands: 30, 14, 7 or 1 days before the end, 0 after it; null while there is time. */
export function toTokenWarning(expiresAt: number, now: number): 0 | 1 | 7 | 14 | 30 | null {
  if (expiresAt <= now) return 0;
  const step = WARN_AT_DAYS.find((days) => expiresAt - now <= days * DAY_MS);
  return (step as 1 | 7 | 14 | 30 | undefined) ?? null;
}
