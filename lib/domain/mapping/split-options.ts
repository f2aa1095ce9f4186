const MOST_CHOSEN = 50;

/**
 * What was chosen, of a list with commas between: an option may have commas of its own, so the longest one that fits
 * counts. `find` answers the option of some words. Undefined where a part is none.
 */
export function splitOptions<T>(
  text: string,
  options: Iterable<string>,
  find: (words: string) => T | undefined,
): T[] | undefined {
  const parts = text.split(",", MOST_CHOSEN);
  const longest = Math.max(1, ...Array.from(options, (option) => option.split(",").length));
  const chosen: T[] = [];
  for (let at = 0; at < parts.length; ) {
    const lengths = Array.from({ length: Math.min(longest, parts.length - at) }, (_, index) => index + 1);
    const words = (length: number) => parts.slice(at, at + length).join(",");
    const length = lengths.findLast((one) => find(words(one)) !== undefined);
    const option = length === undefined ? undefined : find(words(length));
    if (option === undefined) return undefined;
    chosen.push(option);
    at += length ?? 1;
  }
  return chosen;
}
