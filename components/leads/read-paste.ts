import { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import type { Lead } from "@/lib/leads/schema";
import { type LeadField, leadFields } from "@/lib/leads/words";
import type { FormFields } from "@/lib/mapping/schema";
import { parsePaste } from "@/lib/paste/parse-paste";
import type { Carried } from "./carried";

const HOME: CountryCode = "RU";

export type ReadPaste = {
  fields: { field: LeadField; value: string }[];
  /** Which word is the surname is a guess. */
  isNameUnsure: boolean;
  rest: string[];
};

/** One lead out of a pasted text, by the rules of this form. */
export function readPaste(text: string, rules: FormFields, usedSources: string[]): ReadPaste {
  const country = isSupportedCountry(rules.defaultCountry) ? rules.defaultCountry : HOME;
  const used = usedSources.map((name) => ({ name, aliases: [] }));
  const { fields, flags, rest } = parsePaste(text, { country, sources: [...rules.sources, ...used] });
  return {
    fields: leadFields.flatMap((field) => {
      const value = fields[field];
      return value ? [{ field, value }] : [];
    }),
    isNameUnsure: flags.name !== undefined || flags.surname !== undefined,
    rest,
  };
}

/** A value pasted into its own field, or a word into any, is what it is. */
export function isPlain({ fields, rest }: ReadPaste, target: LeadField | undefined): boolean {
  if (target === undefined) return false;
  const [first] = fields;
  if (fields.length > 1 || (rest.length > 0 && fields.length > 0)) return false;
  return !first || first.field === target || !["phone", "telegram", "email"].includes(first.field);
}

/** What goes into fields that are free, and what stays over: nothing that a person typed is overwritten. */
export function placePaste({ fields, rest, isNameUnsure }: ReadPaste, before: Lead, carried: Carried) {
  const isFree = (field: LeadField) => before[field] === "" || before[field] === carried[field];
  const taken = fields.filter(({ field, value }) => !isFree(field) && before[field] !== value);
  return {
    free: fields.filter(({ field }) => isFree(field)),
    rest: [...taken.map(({ value }) => value), ...rest],
    isNameUnsure,
  };
}
