/** One lead, in the whole numbers in which credits are kept. */
export const TURN = 1_000_000_000;

/** `credit`: what this person is owed (positive) or was given too early, in parts of `TURN`. */
export type TurnTaker = { userId: number; weight: number; credit: number };

/** Whose turn it is, and by how much each credit changes: the parts of one lead, and the whole lead for who gets it. */
export type Turn = { userId: number; credits: { userId: number; credit: number }[] };

/**
 * The next lead of a pool, among those who can take it now, in proportion to their weights (in the order of the pool, which
 * decides between equals). While the candidates stay the same, nobody is off their share by a whole lead: R. Tijdeman, "The
 * chairman assignment problem", Discrete Mathematics 32 (1980). With equal weights they take turns. Who is away earns no
 * credit, and so is not flooded afterwards. Undefined when no weight is above zero.
 */
export function takeTurn(candidates: TurnTaker[]): Turn | undefined {
  const able = candidates.filter(({ weight }) => weight > 0);
  const whole = able.reduce((sum, { weight }) => sum + weight, 0);
  const due = able.map((one) => {
    const part = Math.round((one.weight / whole) * TURN);
    return { ...one, part, owed: one.credit + part };
  });
  // Only who is owed at least this much may be next: so nobody gets a whole lead too many.
  const least = able.length > 1 ? TURN / (2 * able.length - 2) : 0;
  const ready = due.filter(({ owed }) => owed >= least);
  const [first] = ready.length > 0 ? ready.sort(byDeadline(least)) : due.sort((a, b) => b.owed - a.owed);
  if (!first) return undefined;
  const credits = due.map(({ userId, part }) => ({
    userId,
    credit: userId === first.userId ? part - TURN : part,
  }));
  return { userId: first.userId, credits };
}

/** Before whom it would be too late first. */
function byDeadline(least: number) {
  const toDeadline = ({ owed, part }: { owed: number; part: number }) => (TURN - least - owed) / part;
  return (a: Parameters<typeof toDeadline>[0], b: Parameters<typeof toDeadline>[0]) =>
    toDeadline(a) - toDeadline(b);
}
