import type { CountryCode } from "libphonenumber-js/max";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { Spelling } from "./find-source";

export type PasteFlag = "phone_unsure" | "name_unsure";
export type Hint = { kind: string; start: number; end: number };

/**
 * A pasted text while it is read. `left` is as long as `text`. What a reader has understood is blanked out in it, so
 * the next readers only see the rest.
 */
export type Sheet = {
  readonly text: string;
  readonly country: CountryCode;
  readonly spellings: readonly Spelling[];
  left: string;
  hints: Hint[];
  /** Who wrote the messages of a pasted chat. */
  senders: { start: number; end: number }[];
  fields: Partial<Record<LeadField, string>>;
  flags: Partial<Record<LeadField, PasteFlag>>;
};

/** Marks a blank in `left`. It is a private-use character, which `cleanText` removes from the text itself. */
export const USED = "\ue000";
export const ASIDE = "\ue001";
export const NICKNAME = "\ue002";

/** Fills the field if it is empty. A second value becomes a leftover. */
export function fill(sheet: Sheet, field: LeadField, value: string, start: number, end: number): boolean {
  if (sheet.fields[field] !== undefined) {
    blank(sheet, start, end, ASIDE);
    return false;
  }
  sheet.fields[field] = value;
  blank(sheet, start, end, USED);
  return true;
}

export function blank(sheet: Sheet, start: number, end: number, by: string = USED): void {
  sheet.left = sheet.left.slice(0, start) + by.repeat(Math.max(0, end - start)) + sheet.left.slice(end);
}
