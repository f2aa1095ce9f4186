import { toPrefill } from "@/components/entry/entry-state";
import { toField } from "@/components/entry/fields/inputs";
import { type LeadForm, type Prefill, toCustomName } from "@/components/entry/typed-lead";
import type { EntryStore } from "@/components/entry/use-entry-state";
import { removeUnseen } from "@/lib/domain/lead/clean-text";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import { type FormFields, toOptionKey } from "@/lib/domain/mapping/schema";
import { LONGEST_PASTE, parsePaste } from "@/lib/domain/paste/parse-paste";
import { readPeople, toPasteContext } from "./read-people";

// More than anybody looks through; a longer list is a file.
const MAX_PEOPLE = 50;

export type ReadPaste = {
  fields: { field: LeadField; value: string }[];
  /** Options of fields that are lists. */
  choices: { key: string; id: string; value: string }[];
  /** Which word is the surname is a guess. */
  isNameUnsure: boolean;
  leftovers: string[];
  /** Nothing was read. */
  isTooLong: boolean;
};

const CONTACTS: readonly LeadField[] = ["phone", "telegram", "email"];

/** What goes into the field it was pasted into: a contact without what it was wrapped in, else the text as it is. */
export function toOwnText(text: string, target: LeadField | undefined, rules: FormFields): string {
  const [first] = readPaste(text, rules, []).fields;
  const isContact = first !== undefined && first.field === target && CONTACTS.includes(target);
  return isContact ? first.value : removeUnseen(text);
}

/** Fills the form from a pasted text; undefined for a plain value, which is the field's own. Several people wait in rows. */
export function fillFromPaste(
  text: string,
  input: HTMLInputElement | undefined,
  form: LeadForm,
  store: EntryStore,
  sources: string[],
): LeadField[] | undefined {
  const { rules, correcting, people, found } = store.get();
  const isWaiting = people.length > 0;
  if (correcting) return fillOne(text, input, form, store, sources);
  const read = readPeople(text, rules, sources, isWaiting && input === undefined);
  if (!isWaiting && read.people.length === 0) return fillOne(text, input, form, store, sources);
  // Above the rows, a field has what is pasted into it.
  if (input && read.people.length === 0) return undefined;
  const all = [...people, ...read.people];
  store.dispatch({
    type: "people_found",
    // What is added, or longer than one person's words, is never one lead.
    text: isWaiting || text.length > LONGEST_PASTE ? "" : text,
    isCut: read.isCut || all.length > MAX_PEOPLE || found?.isCut === true,
  });
  form.setValue("people", all.slice(0, MAX_PEOPLE));
  return [];
}

/** The same for a text that is about one person, whatever it looks like. */
export function fillOne(
  text: string,
  input: HTMLInputElement | undefined,
  { getValues, setValue }: LeadForm,
  { get, dispatch }: EntryStore,
  sources: string[],
): LeadField[] | undefined {
  const read = readPaste(text.trim(), get().rules, sources);
  if (isPlain(read, toField(input ?? null))) return undefined;

  const before = structuredClone(getValues());
  const { free, chosen, leftovers, isNameUnsure } = fitPaste(read, before, toPrefill(get()));
  for (const { field, value } of free) setValue(field, value);
  for (const { key, id } of chosen) setValue(`custom.${key}`, id);
  setValue("leftovers", [...new Set([...(before.leftovers ?? []), ...leftovers])]);
  const fields = free.map(({ field }) => field);
  const filled = [...fields, ...chosen.map(({ key }) => toCustomName(key))];
  dispatch({ type: "pasted", filled, isNameUnsure, isTooLong: read.isTooLong, before });
  return fields;
}

/** One lead out of a pasted text, by the rules of this form. */
export function readPaste(text: string, rules: FormFields, usedSources: string[]): ReadPaste {
  const {
    fields,
    flags,
    leftovers: rest,
    isTooLong = false,
  } = parsePaste(text, toPasteContext(rules, usedSources));
  const read = leadFields.flatMap((field) => {
    const value = fields[field];
    return value ? [{ field, value }] : [];
  });
  const choices = read.flatMap(({ field, value }) => toChoice(field, value, rules) ?? []);
  const homeless = read.filter(
    ({ field, value }) => rules.hidden.includes(field) && !choices.some((choice) => choice.value === value),
  );
  return {
    fields: read.filter(({ field }) => !rules.hidden.includes(field)),
    choices,
    isNameUnsure: flags.name !== undefined || flags.surname !== undefined,
    leftovers: [...homeless.map(({ value }) => value), ...rest],
    isTooLong,
  };
}

function toChoice(
  field: LeadField,
  value: string,
  { custom }: FormFields,
): ReadPaste["choices"][number] | undefined {
  const list = custom.find(({ own, kind }) => own?.field === field && kind !== "multiselect");
  if (!list) return undefined;
  const key = toOptionKey(value);
  const words = new Map(Object.entries(list.own?.words ?? {}));
  const id = words.get(key) ?? list.options.find((option) => toOptionKey(option.value) === key)?.id;
  return id === undefined ? undefined : { key: list.key, id: String(id), value };
}

/** A value pasted into its own field, or a word into any, is what it is. */
export function isPlain(
  { fields, choices, leftovers, isTooLong }: ReadPaste,
  target: LeadField | undefined,
): boolean {
  if (target === undefined || isTooLong) return false;
  const [first] = fields;
  if (fields.length > 1 || choices.length > 0 || (leftovers.length > 0 && fields.length > 0)) return false;
  return !first || first.field === target || !CONTACTS.includes(first.field);
}

/** What goes into fields that are free, and the leftovers: nothing that a person typed is overwritten. */
export function fitPaste(
  { fields, choices, leftovers, isNameUnsure }: ReadPaste,
  before: Lead,
  prefill: Prefill,
) {
  const isFree = (field: LeadField) => before[field] === "" || before[field] === prefill[field];
  const taken = fields.filter(({ field, value }) => !isFree(field) && before[field] !== value);
  const isUnchosen = ({ key }: { key: string }) => !before.custom?.[key]?.length;
  return {
    free: fields.filter(({ field }) => isFree(field)),
    chosen: choices.filter(isUnchosen),
    leftovers: [...choices.filter((one) => !isUnchosen(one)), ...taken]
      .map(({ value }) => value)
      .concat(leftovers),
    isNameUnsure,
  };
}
