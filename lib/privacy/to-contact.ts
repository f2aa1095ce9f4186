import "server-only";
import { createHmac, hkdfSync } from "node:crypto";
import type { CountryCode } from "libphonenumber-js";
import { z } from "zod";
import { toPhone } from "@/lib/domain/lead/phone";
import { toTelegram } from "@/lib/domain/lead/telegram";

export type Contact = { kind: "phone" | "telegram" | "email"; value: string };

type ContactsOfLead = { phone: string | null; telegram: string | null; email: string | null };

const NUMBER = /^\+?[\d\s().-]+$/;

/** The normalised contact: E.164, or lower case. */
export function toContact(text: string, country: CountryCode): Contact {
  const lowerCase = text.trim().toLowerCase();
  if (z.email().safeParse(lowerCase).success) return { kind: "email", value: lowerCase };

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
  return createHmac("sha256", key).update(`${kind}:${value}`).digest("base64url");
}
