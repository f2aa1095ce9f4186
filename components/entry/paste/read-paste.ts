import { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import type { LeadForm } from "@/components/entry/fields/lead-input";
import type { Prefill } from "@/components/entry/prefill";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { parsePaste } from "@/lib/domain/paste/parse-paste";
import type { Pasted, PasteOptions } from "./use-paste";

const HOME: CountryCode = "RU";

export type ReadPaste = {
  fields: { field: LeadField; value: string }[];
  /** Which word is the surname is a guess. */
  isNameUnsure: boolean;
  rest: string[];
};

/** Fills the form from a pasted text; false for a plain value, which is the field's own. */
export function fillFrom(
  text: string,
  input: HTMLInputElement | undefined,
  { getValues, setValue }: LeadForm,
  { rules, sources, prefill, onFilled }: PasteOptions,
  show: (pasted: Pasted | undefined) => void,
): boolean {
  const sheet = readPaste(text, rules, sources);
  const target = leadFields.find((field) => input?.id === `lead-${field}`);
  if (isPlain(sheet, target)) return false;

  const before = structuredClone(getValues());
  const { free, rest, isNameUnsure } = placePaste(sheet, before, prefill.current);
  for (const { field, value } of free) setValue(field, value);
  const left = [...new Set([...(before.rest ?? []), ...rest])];
  setValue("rest", left);
  const takeBack = () => {
    for (const field of [...leadFields, "phone_raw", "rest"] as const) setValue(field, before[field]);
    show(undefined);
  };
  const filled = free.map(({ field }) => field);
  show({ filled, isNameUnsure, rest: left, takeBack, isFresh: true });
  onFilled(filled);
  return true;
}

/** One lead out of a pasted text, by the rules of this form. */
export function readPaste(text: string, rules: FormFields, usedSources: string[]): ReadPaste {
  const country = isSupportedCountry(rules.defaultCountry) ? rules.defaultCountry : HOME;
  const used = usedSources.map((name) => ({ name, aliases: [] }));
  const {
    fields,
    flags,
    leftovers: rest,
  } = parsePaste(text, { country, sources: [...rules.sources, ...used] });
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
export function placePaste({ fields, rest, isNameUnsure }: ReadPaste, before: Lead, prefill: Prefill) {
  const isFree = (field: LeadField) => before[field] === "" || before[field] === prefill[field];
  const taken = fields.filter(({ field, value }) => !isFree(field) && before[field] !== value);
  return {
    free: fields.filter(({ field }) => isFree(field)),
    rest: [...taken.map(({ value }) => value), ...rest],
    isNameUnsure,
  };
}
