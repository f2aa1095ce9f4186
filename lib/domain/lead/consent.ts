/** What a person agreed to: the version of the text, and when (epoch ms). */
export type Consent = { version: number; at: number };

/** For a text field of Kommo, and for lists: `v3, 2026-11-30 14:05 UTC`. */
export function toConsentLine({ version, at }: Consent): string {
  return `v${version}, ${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Of a lead's columns; null where the person was not asked. */
export function toConsent(version: number | null, at: number | null): Consent | null {
  return version === null || at === null ? null : { version, at };
}
