import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** The prefix of each kind of search key. After it comes the normalised value. */
export const keyKinds = {
  name: "n:",
  phone: "p:",
  /** Digits that are not a valid phone number. Two people may share them. */
  digits: "d:",
  /** Reversed, so that a search by the last digits is a search by prefix. */
  phoneEnd: "r:",
  telegram: "t:",
  email: "e:",
} as const;

type Found = {
  name: string | null;
  surname: string | null;
  phone: string | null;
  phone_raw: string | null;
  telegram: string | null;
  email: string | null;
};

const MAX_WORDS = 6;
const MAX_LENGTH = 120;
const MIN_DIGITS = 5;
const HANDLE = /^@([a-z]\w{3,31})$/i;
const APOSTROPHES = /['’ʼ`´]/g;
const WHOLE_LETTERS: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Each word of the name starts one key, so that a search for any word is a search by prefix. */
export function toLeadKeys(lead: Found, country: CountryCode): string[] {
  const words = toWords(toFullName(lead));
  const rotations = words.map((_, turn) => [...words.slice(turn), ...words.slice(0, turn)].join(" "));
  const handle = HANDLE.exec(lead.telegram ?? "")?.[1];
  return [
    ...new Set([
      ...rotations.map((name) => keyKinds.name + name.slice(0, MAX_LENGTH)),
      ...toPhoneKeys(lead.phone_raw ?? lead.phone ?? "", country),
      ...(handle ? [keyKinds.telegram + handle.toLowerCase()] : []),
      ...(lead.email ? [keyKinds.email + lead.email.toLowerCase()] : []),
    ]),
  ];
}

export function toNameKey(lead: Pick<Found, "name" | "surname">): string {
  return toWords(toFullName(lead)).join(" ").slice(0, MAX_LENGTH);
}

/** Normalised words: ё becomes е and é becomes e; case and punctuation are dropped; й stays a separate letter. */
export function toWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(APOSTROPHES, "")
    .normalize("NFKD")
    .replace(/(?<!и)\u0306|(?!\u0306)\p{M}/gu, "")
    .normalize("NFC")
    .replace(/[łøđßæœı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAX_WORDS);
}

/** Digits of the number with its country code, in any spelling; an extension follows an x. */
export function toPhoneDigits(text: string, country: CountryCode): string | undefined {
  const plain = text.normalize("NFKC");
  const digits = plain.replaceAll(/\D/g, "");
  const spellings = [plain, `${plain.includes("+") ? "+" : ""}${digits}`];
  // Shorter digits may also be the start of a number of this country.
  if (digits.length >= 11) spellings.push(`+${digits.replace(/^(00|810)/, "")}`);
  spellings.push(plain.replace(/^\s*\+\s*8/, "8"));
  for (const spelling of spellings) {
    const phone = parsePhoneNumberFromString(spelling, { defaultCountry: country, extract: false });
    if (!phone?.isPossible() || /^(\d)\1*$/.test(phone.nationalNumber)) continue;
    return phone.number.slice(1) + (phone.ext ? `x${phone.ext}` : "");
  }
  return undefined;
}

function toPhoneKeys(text: string, country: CountryCode): string[] {
  const number = toPhoneDigits(text, country);
  const digits =
    number?.replace(/x.*/, "") ?? text.normalize("NFKC").replaceAll(/\D/g, "").slice(0, MAX_LENGTH);
  if (digits.length < MIN_DIGITS) return [];
  return [
    number ? keyKinds.phone + number : keyKinds.digits + digits,
    keyKinds.phoneEnd + toReversed(digits),
  ];
}

export function toReversed(digits: string): string {
  return [...digits].reverse().join("");
}

function toFullName({ name, surname }: Pick<Found, "name" | "surname">): string {
  return `${name ?? ""} ${surname ?? ""}`;
}
