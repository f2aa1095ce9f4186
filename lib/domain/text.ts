import * as z from "zod/mini";

// No writing needs more marks on one letter: 30 is Unicode's own bound (UAX #15). The time to put marks in order grows with
// the square of their number.
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** As `String.normalize`, in a time that grows with the length of the text and no faster. */
export function normalizeText(text: string, form: "NFC" | "NFD" | "NFKC" | "NFKD"): string {
  return text.replace(TOO_MANY_MARKS, "$1").normalize(form);
}

/** Text from outside: what is longer is refused before anything else is done with it. */
export function limitedText(longest: number, problem = "too_long") {
  return z.string().check(z.maxLength(longest, { error: problem, abort: true }));
}

/** A line to search by. PostgreSQL's text takes no NUL, and no control character is typed. */
export function searchText(longest: number) {
  return limitedText(longest).check(
    z.refine((text) => !/\p{Cc}/u.test(text)),
    z.trim(),
  );
}
