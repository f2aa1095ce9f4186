import type { Entry } from "./to-entries";

const LONGEST = 60;
// As long as the names that a form's mapping can have.
const LONGEST_NAME = 200;
const MOST = 40;
const HIDDEN = "•";

/** The shape of what was sent, without what it says: the names of the fields, and the first letter of each word. */
export function maskEntries(entries: readonly Entry[]): Entry[] {
  return entries
    .slice(0, MOST)
    .map(({ name, value }) => ({ name: name.slice(0, LONGEST_NAME), value: mask(value) }));
}

/** What no person is found by stays as it is: marks, "@", and the first letter of each word. */
function mask(text: string): string {
  const shown = text.slice(0, LONGEST).toWellFormed();
  const masked = shown.replaceAll(
    /([\p{L}\p{N}])([\p{L}\p{N}\p{M}]*)/gu,
    (_, first: string, rest: string) =>
      (/\p{N}/u.test(first) ? HIDDEN : first) + HIDDEN.repeat(Math.min(rest.length, 8)),
  );
  return text.length > LONGEST ? `${masked}…` : masked;
}
