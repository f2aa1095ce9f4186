const WINDOW_MS = 10_000;
// Somebody who types without a pause asks five times a second at the most; a list of numbers is tried out faster.
const MOST = 60;
const MOST_PEOPLE = 10_000;

const asked = new Map<string, number[]>();

/** False for a while after 60 questions within 10 s: a hint is for the person who types, not for going through numbers. */
export function mayAsk(who: string, now = Date.now()): boolean {
  const recent = (asked.get(who) ?? []).filter((at) => at > now - WINDOW_MS);
  if (recent.length >= MOST) return false;
  if (asked.size > MOST_PEOPLE) asked.clear();
  asked.set(who, [...recent, now]);
  return true;
}
