import "server-only";
import type { CountryCode } from "libphonenumber-js";
import { readPhone } from "./read-phone";

/** E.164 when the text is a phone number of that country or international; else the text as typed. */
export function toPhone(text: string, country: CountryCode): string {
  return readPhone(text, country).e164 ?? text;
}
