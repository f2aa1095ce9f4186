import "server-only";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** E.164 when the text is a phone number of that country or international; else the text as typed. */
export function toPhone(text: string, country: CountryCode): string {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return phone?.isPossible() ? phone.number : text;
}
