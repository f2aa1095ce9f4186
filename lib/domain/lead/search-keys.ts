import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** What each key of a lead begins with; the rest is what people look for, spelled in one way. */
export const keyKinds = {
  name: "n:",
  phone: "p:",
  /** Digits that are no number of any country: two people may share them. */
  digits: "d:",
  /** Digits from the last to the first, so that the end of a number is the beginning of a key. */
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

const MOST_WORDS = 6;
const LONGEST = 120;
const FEWEST_DIGITS = 5;
const HANDLE = /^@([a-z]\w{3,31})$/i;
const APOSTROPHES = /['’ʼ`´]/g;
// Letters that Unicode does not take apart into a letter and its mark.
const WHOLE_LETTERS: Record<string, string> = { ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i" };

/** Everything a lead is found by. The name's words stand first in turn, so that each is the beginning of a key. */
export function toLeadKeys(lead: Found, country: CountryCode): string[] {
  const words = toWords(toFullName(lead));
  const rotations = words.map((_, turn) => [...words.slice(turn), ...words.slice(0, turn)].join(" "));
  const handle = HANDLE.exec(lead.telegram ?? "")?.[1];
  return [
    ...new Set([
      ...rotations.map((name) => keyKinds.name + name.slice(0, LONGEST)),
      ...toPhoneKeys(lead.phone_raw ?? lead.phone ?? "", country),
      ...(handle ? [keyKinds.telegram + handle.toLowerCase()] : []),
      ...(lead.email ? [keyKinds.email + lead.email.toLowerCase()] : []),
    ]),
  ];
}

/** How leads are sorted by name, whatever the case and the accents. */
export function toNameKey(lead: Pick<Found, "name" | "surname">): string {
  return toWords(toFullName(lead)).join(" ").slice(0, LONGEST);
}

/** Words as they are compared: ё is е, é is e, case and punctuation do not count; й stays a letter of its own. */
export function toWords(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(APOSTROPHES, "")
    .normalize("NFKD")
    .replace(/(?<!и)\u0306|(?!\u0306)\p{M}/gu, "")
    .normalize("NFC")
    .replace(/[łøđßæœı]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}

/** Digits of the number with its country, however it is spelled; an extension follows an x. */
export function toPhoneDigits(text: string, country: CountryCode): string | undefined {
  const plain = text.normalize("NFKC");
  const digits = plain.replaceAll(/\D/g, "");
  const spellings = [plain, `${plain.includes("+") ? "+" : ""}${digits}`];
  // Fewer digits are as well the beginning of a number of this country.
  if (digits.length >= 11) spellings.push(`+${digits.replace(/^(00|810)/, "")}`);
  // How some write a trunk 8.
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
  const digits = number?.replace(/x.*/, "") ?? text.normalize("NFKC").replaceAll(/\D/g, "").slice(0, LONGEST);
  if (digits.length < FEWEST_DIGITS) return [];
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
