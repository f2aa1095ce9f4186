import { type CountryCode, getCountryCallingCode } from "libphonenumber-js";
import { toLatinSpelling } from "@/lib/domain/lead/latin-spelling";
import { keyKinds, toPhoneDigits, toReversed, toWords } from "@/lib/domain/lead/search-keys";
import { toTelegram } from "@/lib/domain/lead/telegram";

/** `prefixes` are of keys. `words` match in any order, `middle` anywhere in a word of the name. */
export type Search = { prefixes: string[]; words: string[]; middle?: string; kommoId?: number };

const NUMBER = /^\+?[\d\s().\-–—/]+$/;
const KOMMO_ID = /^#\s*(\d{1,15})$/;
const NUMBER_SUFFIX_LENGTH = 3;
const NUMBER_PREFIX_LENGTH = 5;
const MIDDLE_LENGTH = 3;
const ONE_WORD = /^[\w.+-]{2,}$/;

/** The possible meanings of a search text: part of a name, a comment or a phone, a handle, an e-mail, or an id of Kommo. */
export function toSearch(text: string, country: CountryCode): Search {
  const kommoId = KOMMO_ID.exec(text)?.[1];
  if (kommoId) return { prefixes: [], words: [], kommoId: Number(kommoId) };
  if (NUMBER.test(text)) return toNumberSearch(text, country);

  const handle = /^@(\w+)$/.exec(toTelegram(text))?.[1];
  if (handle) {
    const isPlain = ONE_WORD.test(text);
    const name = isPlain ? [...toWordPrefixes(toWords(text)), keyKinds.email + text.toLowerCase()] : [];
    return {
      prefixes: [keyKinds.telegram + handle.toLowerCase(), ...name],
      words: [],
      ...(isPlain && { middle: toMiddle(toWords(text)) }),
    };
  }
  if (text.includes("@")) return { prefixes: [keyKinds.email + text.toLowerCase()], words: [] };

  const number = toPhoneDigits(text, country);
  const words = toWords(text);
  return {
    prefixes: [
      ...toWordPrefixes(words),
      ...(number ? [keyKinds.phone + number] : []),
      ...(ONE_WORD.test(text)
        ? [keyKinds.telegram + text.toLowerCase(), keyKinds.email + text.toLowerCase()]
        : []),
    ],
    words,
    middle: toMiddle(words),
  };
}

function toWordPrefixes(words: string[]): string[] {
  const together = words.join(" ");
  const latin = toLatinSpelling(together);
  return [
    ...(together === "" ? [] : [keyKinds.name + together, keyKinds.comment + together]),
    ...(latin === "" ? [] : [keyKinds.latin + latin]),
  ];
}

function toMiddle([word = "", ...others]: string[]): string | undefined {
  return others.length === 0 && word.length >= MIDDLE_LENGTH ? word : undefined;
}

/** From three last digits or five first ones on: with the country code, without it, or with the trunk prefix. */
function toNumberSearch(text: string, country: CountryCode): Search {
  const digits = text.replaceAll(/\D/g, "");
  if (digits.length < NUMBER_SUFFIX_LENGTH) return { prefixes: [], words: [] };
  const code = getCountryCallingCode(country);
  const number = toPhoneDigits(text, country);
  const starts = text.startsWith("+")
    ? [digits]
    : [digits, code + digits, ...(/^[08]/.test(digits) ? [code + digits.slice(1)] : [])];
  const isLong = digits.length >= NUMBER_PREFIX_LENGTH;
  return {
    prefixes: [
      ...(text.startsWith("+") ? [] : [keyKinds.phoneEnd + toReversed(digits)]),
      ...(isLong ? starts.map((start) => keyKinds.phone + start) : []),
      ...(isLong ? [keyKinds.digits + digits] : []),
      ...(number ? [keyKinds.phone + number] : []),
    ],
    words: [],
    ...(digits.length <= 15 && !text.startsWith("+") && { kommoId: Number(digits) }),
  };
}
