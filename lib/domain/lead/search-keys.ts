import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";
import { normalizeText } from "@/lib/domain/text";
import { cleanContact } from "./clean-text";
import { toLatinSpelling } from "./latin-spelling";
import { toOneScript } from "./one-script";
import { type ReadPhone, readPhone, toCurrentNumber } from "./phone";

/** The prefix of each kind of search key. After it comes the normalised value. */
export const keyKinds = {
  name: "n:",
  /** The name as it is spelt in Latin letters, whatever it was written in. */
  latin: "l:",
  phone: "p:",
  /** The number of a phone with an extension. Many people share a switchboard. */
  switchboard: "b:",
  /** Digits that are not a valid phone number. Two people may share them. */
  digits: "d:",
  /** Reversed, so that a search by the last digits is a search by prefix. */
  phoneEnd: "r:",
  telegram: "t:",
  email: "e:",
  comment: "c:",
} as const;

type Found = {
  name: string | null;
  surname: string | null;
  phone: string | null;
  phone_raw: string | null;
  telegram: string | null;
  email: string | null;
  comment?: string | null;
};

const MAX_WORDS = 6;
const MAX_WORDS_OF_COMMENT = 12;
const MAX_LENGTH = 120;
const MIN_DIGITS = 5;
const HANDLE = /^@([a-z]\w{3,31})$/i;
const APOSTROPHES = /['’ʼ`´]/g;
const WHOLE_LETTERS: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Each word of the name, and each of the first in the comment, starts one key, so that a search for any word is a search by prefix. */
export function toLeadKeys(lead: Found, country: CountryCode): string[] {
  const handle = HANDLE.exec(lead.telegram ?? "")?.[1];
  const names = toWords(toFullName(lead));
  const inLatin = names.map(toLatinSpelling).filter((word) => word !== "");
  return [
    ...new Set([
      ...toRotations(keyKinds.name, names),
      ...toRotations(keyKinds.latin, inLatin),
      ...toPhoneKeys(lead.phone_raw ?? lead.phone ?? "", country),
      ...(handle ? [keyKinds.telegram + handle.toLowerCase()] : []),
      ...(lead.email ? [keyKinds.email + lead.email.toLowerCase()] : []),
      ...toRotations(keyKinds.comment, toWords(lead.comment ?? "", MAX_WORDS_OF_COMMENT)),
    ]),
  ];
}

function toRotations(kind: string, words: string[]): string[] {
  return words.map((_, turn) => {
    const turned = [...words.slice(turn), ...words.slice(0, turn)];
    return kind + turned.join(" ").slice(0, MAX_LENGTH);
  });
}

export function toNameKey(lead: Pick<Found, "name" | "surname">): string {
  return toWords(toFullName(lead)).join(" ").slice(0, MAX_LENGTH);
}

/** Normalised words, each in one script: ё becomes е and é becomes e; case and punctuation are dropped; й stays a separate letter. */
export function toWords(text: string, most = MAX_WORDS): string[] {
  const plain = normalizeText(toOneScript(text).toLowerCase().replace(APOSTROPHES, ""), "NFKD")
    .replace(/(?<!и)\u0306|(?!\u0306)\p{M}/gu, "")
    .normalize("NFC")
    .replace(/[łøđßæœı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, most);
}

/** Digits of the number with its country code, in any spelling, without its extension. */
export function toPhoneDigits(text: string, country: CountryCode): string | undefined {
  return toDigits(readPhone(text, country), text, country);
}

function toDigits({ e164 }: ReadPhone, text: string, country: CountryCode): string | undefined {
  return e164 && !isOneDigit(e164.slice(2)) ? e164.slice(1) : findDigits(cleanContact(text), country);
}

/** Of a number among other words, such as `79001234567@c.us`. */
function findDigits(text: string, country: CountryCode): string | undefined {
  const digits = text.replaceAll(/\D/g, "");
  const spellings = [text, `${text.includes("+") ? "+" : ""}${digits}`];
  // Shorter digits may also be the start of a number of this country.
  if (digits.length >= 11) spellings.push(`+${digits.replace(/^(00|810)/, "")}`);
  spellings.push(text.replace(/^\s*\+\s*8/, "8"));
  for (const spelling of spellings) {
    const phone = parsePhoneNumberFromString(spelling, { defaultCountry: country, extract: false });
    if (phone?.isValid() && !isOneDigit(phone.nationalNumber)) return toCurrentNumber(phone.number).slice(1);
  }
  return undefined;
}

function isOneDigit(digits: string): boolean {
  return /^(\d)\1*$/.test(digits);
}

function toPhoneKeys(text: string, country: CountryCode): string[] {
  const read = readPhone(text, country);
  const number = toDigits(read, text, country);
  const digits = number ?? cleanContact(text).replaceAll(/\D/g, "").slice(0, MAX_LENGTH);
  if (digits.length < MIN_DIGITS) return [];
  const { extension } = read;
  const whole = number && extension ? `${number}x${extension}` : number;
  return [
    whole ? keyKinds.phone + whole : keyKinds.digits + digits,
    ...(number && extension ? [keyKinds.switchboard + number] : []),
    keyKinds.phoneEnd + toReversed(digits),
  ];
}

export function toReversed(digits: string): string {
  return [...digits].reverse().join("");
}

function toFullName({ name, surname }: Pick<Found, "name" | "surname">): string {
  return `${name ?? ""} ${surname ?? ""}`;
}
