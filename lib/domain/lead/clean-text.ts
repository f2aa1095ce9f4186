import { normalizeText } from "@/lib/domain/text";

// They change what is compared and searched, and nobody sees them. PostgreSQL refuses NUL.
const CONTROLS = /\p{Cc}+/gu;
const BLANKS = /[\u2800\u3164\uffa0]/g;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
// Emoji are joined and coloured by them, and Persian and Indic words are spelt with them.
const EMOJI_MARK =
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)(?:\u200d(?=\p{Extended_Pictographic})|\ufe0f)/u;
const WORD_JOINER =
  /(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{M}])[\u200c\u200d](?=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}])/u;
const KEPT = new RegExp(
  `${EMOJI_MARK.source}|${WORD_JOINER.source}|(\\p{Default_Ignorable_Code_Point})`,
  "gu",
);
/** What turns a digit into a picture of a key. */
export const KEYCAP = /\ufe0f?\u20e3/gu;
const DIGIT = /[^\P{Nd}0-9]/gu;

/** One line without what cannot be seen: marks of direction, joiners, soft hyphens, blank letters. */
export function cleanLine(text: string): string {
  return removeUnseen(normalizeText(text.toWellFormed(), "NFC").replace(CONTROLS, " ")).trim();
}

export function cleanLines(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map(cleanLine)
    .join("\n")
    .trim();
}

export function removeUnseen(text: string): string {
  return text
    .replace(BLANKS, " ")
    .replace(KEPT, (mark, unseen?: string) => (unseen === undefined ? mark : ""));
}

/** A phone, a handle or an e-mail in plain characters: bold, full-width, Indic and keycap digits become 0 to 9. */
export function cleanContact(text: string): string {
  const plain = normalizeText(text.toWellFormed().replace(KEYCAP, "").replace(UNSEEN, ""), "NFKC");
  return toAsciiDigits(plain).replace(CONTROLS, " ").trim();
}

/** Of every script. Scripts have their ten digits in a row. */
export function toAsciiDigits(text: string): string {
  return normalizeText(text, "NFC").replace(DIGIT, toDigit);
}

function toDigit(sign: string): string {
  const plain = sign.normalize("NFKC");
  if (/^\d$/.test(plain)) return plain;
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
