import { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import { toPrefill } from "@/components/entry/entry-state";
import { toField } from "@/components/entry/fields/inputs";
import type { LeadForm, Prefill } from "@/components/entry/typed-lead";
import type { EntryStore } from "@/components/entry/use-entry-state";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { parsePaste } from "@/lib/domain/paste/parse-paste";

const HOME: CountryCode = "RU";

export type ReadPaste = {
  fields: { field: LeadField; value: string }[];
  /** Which word is the surname is a guess. */
  isNameUnsure: boolean;
  leftovers: string[];
};

/** Fills the form from a pasted text; undefined for a plain value, which is the field's own. */
export function fillFromPaste(
  text: string,
  input: HTMLInputElement | undefined,
  { getValues, setValue }: LeadForm,
  { get, dispatch }: EntryStore,
  sources: string[],
): LeadField[] | undefined {
  const read = readPaste(text, get().rules, sources);
  if (isPlain(read, toField(input ?? null))) return undefined;

  const before = structuredClone(getValues());
  const { free, leftovers, isNameUnsure } = fitPaste(read, before, toPrefill(get()));
  for (const { field, value } of free) setValue(field, value);
  setValue("leftovers", [...new Set([...(before.leftovers ?? []), ...leftovers])]);
  const filled = free.map(({ field }) => field);
  dispatch({ type: "pasted", filled, isNameUnsure, before });
  return filled;
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
    leftovers: rest,
  };
}

/** A value pasted into its own field, or a word into any, is what it is. */
export function isPlain({ fields, leftovers }: ReadPaste, target: LeadField | undefined): boolean {
  if (target === undefined) return false;
  const [first] = fields;
  if (fields.length > 1 || (leftovers.length > 0 && fields.length > 0)) return false;
  return !first || first.field === target || !["phone", "telegram", "email"].includes(first.field);
}

/** What goes into fields that are free, and the leftovers: nothing that a person typed is overwritten. */
export function fitPaste({ fields, leftovers, isNameUnsure }: ReadPaste, before: Lead, prefill: Prefill) {
  const isFree = (field: LeadField) => before[field] === "" || before[field] === prefill[field];
  const taken = fields.filter(({ field, value }) => !isFree(field) && before[field] !== value);
  return {
    free: fields.filter(({ field }) => isFree(field)),
    leftovers: [...taken.map(({ value }) => value), ...leftovers],
    isNameUnsure,
  };
}
