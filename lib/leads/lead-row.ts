import { createHash } from "node:crypto";
import type { CountryCode } from "libphonenumber-js";
import type { Consent } from "@/lib/domain/lead/consent";
import { toPhone } from "@/lib/domain/lead/phone";
import type { CustomValues, Lead } from "@/lib/domain/lead/schema";
import { toNameKey } from "@/lib/domain/lead/search-keys";
import { readTelegram, toTelegram } from "@/lib/domain/lead/telegram";

/** What was typed, as columns of the lead's row: an empty text is null. */
export function toRow(lead: Lead, country: CountryCode) {
  const { id, custom, anyway = "", phone_raw = lead.phone, contact = null, ...fields } = lead;
  const { entry_ms: _entryMs, through: _through, language: _language, ...rest } = fields;
  const { consent_version: _version, ...words } = rest;
  const contacts = toContacts(lead, country);
  const texts = nullForEmpty({ ...words, ...contacts, phone_raw, anyway });
  return { id, custom: toText(custom), contact_choice: contact, ...texts };
}

/** The same for the same words, whatever the admin has changed since they were saved. */
export function toPressedHash(lead: Lead): string {
  const { entry_ms: _entryMs, through: _through, language: _language, custom = {}, ...words } = lead;
  const said = [words, custom].map((values) => Object.entries(values).toSorted(byName));
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}

const byName = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);

/** A new lead's row, due at once. */
export function toNewRow<T extends ReturnType<typeof toRow>>(typed: T, author_id: string, now: number) {
  return { ...typed, name_key: toNameKey(typed), author_id, due_at: now, tries: 0, created_at: now };
}

/** A Telegram link that holds a phone is that phone, unless there is another. */
function toContacts({ phone, telegram }: Lead, country: CountryCode) {
  const read = readTelegram(telegram);
  if (read.kind === "phone" && phone === "") return { phone: toPhone(read.phone, country), telegram: "" };
  return { phone: toPhone(phone, country), telegram: toTelegram(telegram) };
}

/** Null when nothing was typed. */
function toText(custom: CustomValues = {}): string | null {
  const typed = Object.entries(custom).filter(([, value]) => value.length > 0);
  return typed.length === 0 ? null : JSON.stringify(Object.fromEntries(typed));
}

export function toConsentColumns(consent: Consent | undefined) {
  return { consent_version: consent?.version ?? null, consent_at: consent?.at ?? null };
}

function nullForEmpty<T extends Record<string, string>>(fields: T) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value === "" ? null : value]),
  ) as { [K in keyof T]: string | null };
}
