import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import type { CountryCode } from "libphonenumber-js";
import { isEmail, toEmail } from "@/lib/domain/lead/email";
import { toPhone } from "@/lib/domain/lead/phone";
import { toBareNumber } from "@/lib/domain/lead/phone-extension";
import { toTelegram } from "@/lib/domain/lead/telegram";

export type Contact = { kind: "phone" | "telegram" | "email"; value: string };

type ContactsOfLead = { phone: string | null; telegram: string | null; email: string | null };

const NUMBER = /^\+?[\d\s().-]+$/;

/** The normalised contact: E.164, or lower case. */
export function toContact(text: string, country: CountryCode): Contact {
  const email = toEmail(text).toLowerCase();
  if (isEmail(email)) return { kind: "email", value: email };

  const phone = toPhone(text, country);
  if (phone.startsWith("+") || NUMBER.test(text)) return { kind: "phone", value: phone };
  return { kind: "telegram", value: toTelegram(text.trim()).toLowerCase() };
}

export function toContacts({ phone, telegram, email }: ContactsOfLead): Contact[] {
  return [
    ...(phone ? [{ kind: "phone", value: phone } as const] : []),
    ...(telegram ? [{ kind: "telegram", value: telegram.toLowerCase() } as const] : []),
    ...(email ? [{ kind: "email", value: email.toLowerCase() } as const] : []),
  ];
}

/** Equal contacts have equal hashes. Without the secret, nobody can find a phone by trying all numbers. */
export function toContactHash({ kind, value }: Contact, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "erased contacts", 32));
  const compared = kind === "phone" ? toBareNumber(value) : value;
  return createHmac("sha256", key).update(`${kind}:${compared}`).digest("base64url");
}
