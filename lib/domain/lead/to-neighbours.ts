export type SlipKind = "one_digit" | "swapped";

/** Numbers that are one typing slip away: one digit differs, or two adjacent digits are swapped. */
export function toNeighbours(number: string): Map<string, SlipKind> {
  const neighbours = new Map<string, SlipKind>();
  for (let at = 0; at < number.length; at++) {
    const [before, own, next, after] = [
      number.slice(0, at),
      number.charAt(at),
      number.charAt(at + 1),
      number.slice(at + 2),
    ];
    for (const digit of "0123456789") {
      if (digit !== own) neighbours.set(before + digit + next + after, "one_digit");
    }
    if (next !== "" && next !== own) neighbours.set(before + next + own + after, "swapped");
  }
  return neighbours;
}
