import "server-only";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";

/** E.164 when the text is a phone number of that country or international; else the text as typed. */
export function toPhone(text: string, country: CountryCode): string {
  return parsePhoneNumberFromString(text, country)?.number ?? text;
}
