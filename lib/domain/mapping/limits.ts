/** What Kommo's API takes at the most (docs/kommo-api.md §4.1). Types that are not named have no known limit. */
const LONGEST: Partial<Record<string, number>> = { text: 256, url: 256, streetaddress: 256 };
const LONGEST_LEAD_NAME = 255;
const MOST_DIGITS = 15;

/** Characters as Kommo counts them: an emoji is one. */
export function isTooLong(type: string | undefined, text: string): boolean {
  const longest = LONGEST[type ?? ""];
  return longest !== undefined && text.length > longest && [...text].length > longest;
}

/** Of more digits than a number holds exactly, Kommo keeps others. */
export function isTooLarge(number: string): boolean {
  return number.replaceAll(/\D/g, "").length > MOST_DIGITS;
}

export function toLeadName(text: string): string {
  return cut(text, LONGEST_LEAD_NAME);
}

/** As much of the text as a field of this type takes. */
export function toFit(type: string | undefined, text: string): string {
  return cut(text, LONGEST[type ?? ""] ?? text.length);
}

/** How many characters more it takes beside this text. */
export function toRoom(type: string | undefined, text: string): number {
  return (LONGEST[type ?? ""] ?? Number.POSITIVE_INFINITY) - [...text].length;
}

function cut(text: string, longest: number): string {
  const signs = [...text];
  return signs.length > longest
    ? `${signs
        .slice(0, longest - 1)
        .join("")
        .trimEnd()}…`
    : text;
}
