import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from "libphonenumber-js";

/** Why a text may not be a working phone number. */
export type PhoneProblem = "too_short" | "too_long" | "unknown_country" | "not_in_use" | "no_number";

export type ReadPhone = {
  /** E.164, or null when the text cannot be a phone number. */
  e164: string | null;
  /** For display: international format, in groups. */
  shown: string;
  country: string | null;
  problem: PhoneProblem | null;
};

const problems: Record<string, PhoneProblem> = {
  TOO_SHORT: "too_short",
  TOO_LONG: "too_long",
  INVALID_COUNTRY: "unknown_country",
  NOT_A_NUMBER: "no_number",
};

/** A trunk prefix (8 in Russia and Kazakhstan) is not part of the number. */
export function readPhone(text: string, home: string): ReadPhone {
  const country = isSupportedCountry(home) ? home : "RU";
  const phone = parse(text, country);
  if (!phone?.isPossible()) {
    const problem = findProblem(text.trim(), country);
    return { e164: null, shown: text, country: phone?.country ?? null, problem };
  }
  return {
    e164: phone.number,
    shown: phone.formatInternational().replace(/^(\+7 \d{3} \d{3}) (\d\d) (\d\d)$/, "$1-$2-$3"),
    country: phone.country ?? null,
    problem: phone.isValid() ? null : "not_in_use",
  };
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
  const meant = [text, text.replace(/^\s*\+\s*8/, "8"), text.replace(/^\s*00/, "+")];
  // People often leave out the plus of a full international number.
  if (/^\s*[1-9](?:\D*\d){10,}\s*$/.test(text)) meant.push(`+${text}`);
  const read = meant.map((variant) =>
    parsePhoneNumberFromString(variant, { defaultCountry: country, extract: false }),
  );
  return read.find((phone) => phone?.isValid()) ?? read[0];
}

/** E.164 when the text is a phone number of that country or an international one; otherwise the text as typed. */
export function toPhone(text: string, country: CountryCode): string {
  return readPhone(text, country).e164 ?? text;
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
