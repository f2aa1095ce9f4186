import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js";
import { cleanContact } from "./clean-text";
import { EXTENSION } from "./phone-extension";

/** Why a text may not be a working phone number. */
export type PhoneProblem = "too_short" | "too_long" | "unknown_country" | "not_in_use" | "no_number";

export type ReadPhone = {
  /** E.164 without the extension, or null when the text is no number that is in use. */
  e164: string | null;
  extension: string | null;
  /** For display: international format, in groups. A text that is no number in use is shown as typed. */
  shown: string;
  country: string | null;
  problem: PhoneProblem | null;
  /** The number of a neighbouring country that was probably meant. */
  likely: { country: string; shown: string } | null;
};

const problems: Record<string, PhoneProblem> = {
  TOO_SHORT: "too_short",
  TOO_LONG: "too_long",
  INVALID_COUNTRY: "unknown_country",
  NOT_A_NUMBER: "no_number",
};

const LONGEST = 250;
const DRESS =
  /^(?:["'’«„<(]+(?=\+)|["'’«„<]+|(?:tel|phone|p|ph|mob(?:ile)?|cell|fax|тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|раб|т|м|whatsapp|wa|viber)\s?\.?\s*:\s*)+/iu;
const LINK = /^(?:https?:\/\/)?(?:wa\.me\/|(?:api\.|web\.)?whatsapp\.com\/send\/?\?phone=)\+?(\d{7,15}).*$/i;
const TAIL = /["'»”>;,.\s]+$/u;
const AS_FRACTION = /^(\+?\d{10,15})[.,]0$/;
const RUSSIAN_SHOWN = ["RU", "KZ", "BY"];

// Neighbours whose numbers are written down without a country code, the likeliest first.
const NEIGHBOURS: CountryCode[][] = [
  ["UA", "BY", "KZ", "RU", "UZ", "KG", "AM", "GE", "AZ", "MD"],
  ["ES", "PT", "MX", "AR", "CO", "CL", "PE", "BR"],
  ["GB", "IE", "DE", "FR", "IT", "NL", "PL", "TR"],
];

/** The account's country, or the one that stands for an unknown one. */
export function toCountry(home: string): CountryCode {
  return isSupportedCountry(home) ? home : "RU";
}

/** A trunk prefix (8 in Russia and Kazakhstan) is not part of the number. */
export function readPhone(text: string, home: string): ReadPhone {
  const country = toCountry(home);
  const plain = undress(text);
  const { phone, extension } = parseWithExtension(plain, country);
  if (!phone?.isPossible()) {
    return { ...NOTHING, shown: text, country: phone?.country ?? null, problem: findProblem(plain, country) };
  }
  if (phone.isValid()) {
    const e164 = phone.number;
    return { ...NOTHING, e164, extension, shown: toShown(phone, extension), country: phone.country ?? null };
  }
  // Without its plus the country code would be our invention.
  const e164 = plain.startsWith("+") ? phone.number : null;
  const likely = e164 === null ? findLikely(plain, country) : null;
  return { ...NOTHING, e164, shown: text, country: phone.country ?? null, problem: "not_in_use", likely };
}

const NOTHING = { e164: null, extension: null, country: null, problem: null, likely: null };

/** The text of the number alone, in plain digits. */
function undress(text: string): string {
  const plain = cleanContact(text.slice(0, LONGEST)).replace(LINK, "+$1").replace(DRESS, "");
  return plain.replace(TAIL, "").replace(AS_FRACTION, "$1");
}

type Parsed = { phone: PhoneNumber | undefined; extension: string | null };

function parseWithExtension(text: string, country: CountryCode): Parsed {
  const found = EXTENSION.exec(text);
  if (found) {
    const phone = parse(text.slice(0, found.index), country);
    if (phone?.isValid()) return { phone, extension: found[1] ?? null };
  }
  const phone = parse(text, country);
  // It knows more words for an extension than we do.
  return phone?.ext
    ? { phone: parse(phone.number, country), extension: phone.ext }
    : { phone, extension: null };
}

function toShown(phone: PhoneNumber, extension: string | null): string {
  const grouped = phone.formatInternational().replace(/^(\+7 \d{3} \d{3}) (\d\d) (\d\d)$/, "$1-$2-$3");
  if (extension === null) return grouped;
  const word = phone.country && RUSSIAN_SHOWN.includes(phone.country) ? "доб." : "ext.";
  return `${grouped} ${word} ${extension}`;
}

function findLikely(text: string, home: CountryCode): ReadPhone["likely"] {
  for (const country of NEIGHBOURS.find((group) => group.includes(home)) ?? []) {
    if (getCountryCallingCode(country) === getCountryCallingCode(home)) continue;
    const phone = parseCurrent(text, country);
    if (phone?.isValid()) return { country, shown: toShown(phone, null) };
  }
  return null;
}

function findProblem(text: string, country: CountryCode): PhoneProblem {
  const reason = validatePhoneNumberLength(text, country);
  if (reason !== "INVALID_LENGTH") return problems[reason ?? ""] ?? "no_number";
  // The length lies between two lengths that exist. If a shorter text is a possible number, this one is too long.
  const isTooLong = [1, 2, 3].some((more) => !validatePhoneNumberLength(text.slice(0, -more), country));
  return isTooLong ? "too_long" : "too_short";
}

/** Likeliest first. Some people write +8 for the trunk prefix 8; others dial 00 for +. */
function parse(text: string, country: CountryCode): PhoneNumber | undefined {
  const first = parseCurrent(text, country);
  if (first?.isValid()) return first;
  const meant = [text.replace(/^\s*\+\s*8/, "8"), text.replace(/^\s*00/, "+")];
  // People often leave out the plus of a full international number.
  if (/^\s*[1-9](?:\D*\d){10,}\s*$/.test(text)) meant.push(`+${text}`);
  for (const variant of meant.filter((one) => one !== text)) {
    const phone = parseCurrent(variant, country);
    if (phone?.isValid()) return phone;
  }
  return first;
}

function parseCurrent(text: string, country: CountryCode): PhoneNumber | undefined {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  const current = phone && toCurrentNumber(phone.number);
  return current === phone?.number ? phone : parsePhoneNumberFromString(current ?? "");
}

/** Mobile numbers with the prefixes of earlier years, which address books and WhatsApp keep, as they are dialled today. */
export function toCurrentNumber(number: string): string {
  return number
    .replace(/^\+52(?:1|01|044|045)(\d{10})$/, "+52$1")
    .replace(/^\+55(\d\d)([689]\d{7})$/, "+55$19$2")
    .replace(/^\+225((?:0|[4-9])\d)(\d{6})$/, (_, start: string, rest: string) => {
      return `+225${toIvorianPrefix(start)}${start}${rest}`;
    });
}

/** Since 2021 an Ivorian mobile number begins with its network, which its second digit told before. */
function toIvorianPrefix(start: string): string {
  const second = Number(start[1]);
  if (second < 4) return "01";
  return second < 7 ? "05" : "07";
}

/** E.164 when the text is a phone number in use, with its extension after a comma; otherwise the text as typed. */
export function toPhone(text: string, country: CountryCode): string {
  const { e164, extension } = readPhone(text, country);
  if (e164 === null) return text;
  return extension === null ? e164 : `${e164},${extension}`;
}

/** A saved phone in groups; what is no number in use stays as it is. */
export function toShownPhone<T extends string | null>(phone: T): T | string {
  return phone === null ? phone : readPhone(phone, "RU").shown;
}

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
