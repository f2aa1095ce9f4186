import type { CountryCode } from "libphonenumber-js/max";
import { cleanLine, cleanLines } from "@/lib/domain/lead/clean-text";
import { isEmail, toEmail } from "@/lib/domain/lead/email";
import { type LeadField, leadFields, MAX_RECEIVED_COMMENT } from "@/lib/domain/lead/fields";
import { readPhone } from "@/lib/domain/lead/phone";
import { type CustomValues, type Lead, writtenSchema } from "@/lib/domain/lead/schema";
import { readTelegram } from "@/lib/domain/lead/telegram";
import { checkLead } from "@/lib/domain/mapping/form/check-lead";
import { type FormFields, toOptionKey } from "@/lib/domain/mapping/schema";
import { splitOptions } from "@/lib/domain/mapping/split-options";
import { listLeftovers } from "@/lib/domain/paste/list-leftovers";
import { readPeople } from "@/lib/domain/paste/people/read-people";
import type { Sheet as ReadSheet } from "@/lib/domain/paste/text/sheet";
import { findTarget } from "./find-target";
import type { Entry } from "./to-entries";

/** By the form's own mapping: `custom.<key>` is a field of the published mapping. */
export type Targets = Readonly<Record<string, string>>;
type Form = Pick<FormFields, "custom" | "sources" | "isFreeSource" | "defaultCountry">;
type Context = { id: string; targets: Targets; form: Form; country: CountryCode };
/** The keys of custom fields by what a form may call them. */
export type CustomNames = ReadonlyMap<string, string>;

const UTM = /^utm_(source|medium|campaign|content|term)$/;
const LONGEST_NAME = 200;
// Far more than any form has; what comes after them is kept as it is.
const MOST_READ = 300;
const YES = ["true", "1", "on", "yes", "да", "sí", "si", "sim"];

type Sheet = {
  values: Partial<Record<LeadField, string>>;
  custom: CustomValues;
  /** What has no field of ours, under its own name. */
  notes: Entry[];
  pages: string[];
  names: CustomNames;
  /** Ids of options by their words, of each list that was asked for. */
  options: Map<string, ReadonlyMap<string, number>>;
};

/**
 * A lead of what a form sent. Nothing is lost: a value that has no field, or that its field does not take, stands in the
 * comment under its own name. `undefined` only where nobody could be reached.
 */
export function toReceivedLead(entries: readonly Entry[], context: Context): Lead | undefined {
  const names = toCustomNames(context.form.custom);
  const sheet: Sheet = { values: {}, custom: {}, notes: [], pages: [], names, options: new Map() };
  for (const entry of entries.slice(0, MOST_READ)) place(entry, context, sheet);
  splitName(sheet, context);
  findContact(sheet, context);
  for (const page of sheet.pages) readPage(page, sheet);
  sheet.notes.push(...entries.slice(MOST_READ));
  return toClean(sheet, context);
}

/** Where a value of this name goes: by the form's own mapping, else by what the name says. */
export function chooseTarget(name: string, targets: Targets, names: CustomNames): string | undefined {
  const own = Object.hasOwn(targets, name) ? targets[name] : undefined;
  return own ?? findTarget(name) ?? findCustom(name, names);
}

/** Made once for a lead, as it reads every name of the mapping. */
export function toCustomNames(custom: Form["custom"]): CustomNames {
  const names = new Map<string, string>();
  for (const { own, key, label } of custom)
    for (const name of own ? [] : [key, label.en, label.ru].map(toOptionKey))
      if (name !== "" && !names.has(name)) names.set(name, key);
  return names;
}

function place(entry: Entry, { targets, form, country }: Context, sheet: Sheet): void {
  const { name, value } = entry;
  const target = chooseTarget(name, targets, sheet.names);
  if (target === "ignored") return;
  if (target === "page") sheet.pages.push(value);
  if (target?.startsWith("custom.")) {
    placeCustom(entry, target.slice("custom.".length), form, sheet);
    return;
  }
  const field = target === "full" ? "name" : leadFields.find((one) => one === target);
  const isTaken = field !== undefined && sheet.values[field] !== undefined && field !== "comment";
  if (!field || isTaken || !(Object.hasOwn(targets, name) || canBe(field, value, country))) {
    sheet.notes.push(entry);
    return;
  }
  const before = sheet.values[field];
  sheet.values[field] = before === undefined ? value : `${before}\n${value}`;
}

/** A field called "number" or "contact" may hold anything: only what looks like its kind becomes a contact. */
function canBe(field: LeadField, value: string, country: CountryCode): boolean {
  switch (field) {
    case "phone":
      return (
        readPhone(value.slice(0, LONGEST_NAME), country).e164 !== null ||
        /(?:\d\D{0,3}){6}/.test(value.slice(0, LONGEST_NAME))
      );
    case "email":
      return value.length <= LONGEST_NAME * 2 && value.includes("@");
    case "name":
    case "surname":
      return value.length <= LONGEST_NAME && /\p{L}/u.test(value) && !/[@/]|\d{5}/.test(value);
    default:
      return true;
  }
}

function findCustom(name: string, names: CustomNames): string | undefined {
  const key = name.length > LONGEST_NAME ? undefined : names.get(toOptionKey(name));
  return key && `custom.${key}`;
}

function placeCustom(entry: Entry, key: string, { custom }: Form, sheet: Sheet): void {
  const field = custom.find((one) => one.key === key);
  const isFree = field !== undefined && sheet.custom[key] === undefined;
  const value = isFree ? toCustomValue(field, entry.value, sheet) : undefined;
  if (value === undefined) sheet.notes.push(entry);
  else sheet.custom[key] = value;
}

function toCustomValue(
  field: Form["custom"][number],
  value: string,
  { options }: Sheet,
): CustomValues[string] | undefined {
  const toOption = (text: string) =>
    listOptions(field, options).get(toOptionKey(text.slice(0, LONGEST_NAME)));
  switch (field.kind) {
    case "select":
    case "radio":
      return toOption(value)?.toString();
    case "multiselect":
      return splitOptions(value, listOptions(field, options).keys(), toOption)?.map(String);
    case "checkbox":
      return YES.includes(value.toLowerCase()) ? "true" : undefined;
    default:
      return value;
  }
}

function listOptions({ key, options }: Form["custom"][number], known: Sheet["options"]) {
  const found =
    known.get(key) ?? new Map(options.toReversed().map(({ id, value }) => [toOptionKey(value), id]));
  known.set(key, found);
  return found;
}

/** Most forms ask for the whole name in one field. */
function splitName({ values }: Sheet, { country }: Context): void {
  const { name, surname } = values;
  if (name === undefined || surname !== undefined || name.length > LONGEST_NAME) return;
  if (!/\S\s+\S/.test(name)) return;
  const text = cleanLine(name);
  const found = { hints: [], senders: [], spellings: [], fields: {}, flags: {} };
  const sheet: ReadSheet = { text, left: text, country, ...found };
  readPeople(sheet);
  const { name: first, surname: last } = sheet.fields;
  if (!first || !last || listLeftovers(sheet).length > 0) return;
  Object.assign(values, { name: first, surname: last });
}

/** When no field is called like a contact, one is known by its look. */
function findContact({ values, notes }: Sheet, { country }: Context): void {
  if (values.phone || values.email || values.telegram) return;
  const looks: [LeadField, (text: string) => boolean][] = [
    ["email", (text) => isEmail(toEmail(text))],
    ["phone", (text) => /^\+?[\d\s().-]{7,30}$/.test(text) && readPhone(text, country).e164 !== null],
    [
      "telegram",
      (text) => /^(?:@|(?:https?:\/\/)?t\.me\/)/i.test(text) && readTelegram(text).kind !== "other",
    ],
  ];
  for (const [field, isLike] of looks) {
    const at = notes.findIndex(({ value }) => value.length <= LONGEST_NAME && isLike(value));
    const [found] = at < 0 ? [] : notes.splice(at, 1);
    if (found) values[field] = found.value;
  }
}

/** The address of the page has the UTM values when the form has no fields for them. */
function readPage(page: string, { values }: Sheet): void {
  if (page.length > 4000 || !URL.canParse(page)) return;
  for (const [name, value] of new URL(page).searchParams) {
    const part = UTM.exec(name)?.[1];
    const field = part === "source" ? "source" : leadFields.find((one) => one === `utm_${part}`);
    if (field && value !== "") values[field] ??= value;
  }
}

/** What a field does not take as it is goes to the comment, until the rest passes. */
function toClean(sheet: Sheet, { id, form }: Context): Lead | undefined {
  const { values, custom, notes } = sheet;
  // Each round sets something aside, so there are fewer rounds than values.
  for (let rounds = 0; rounds <= leadFields.length + form.custom.length; rounds++) {
    const parsed = writtenSchema.safeParse({ ...toTyped(values), id, custom, comment: "" });
    const wrong = parsed.success
      ? Object.keys(checkLead(parsed.data, { ...form, required: [], custom: toOptional(form) }))
      : parsed.error.issues.map(({ path }) => path.slice(0, path[0] === "custom" ? 2 : 1).join("."));
    if (parsed.success && wrong.length === 0) {
      const { phone, telegram, email } = parsed.data;
      return phone || telegram || email
        ? { ...parsed.data, comment: toComment(values.comment, notes) }
        : undefined;
    }
    for (const name of new Set(wrong)) setAside(name, sheet);
  }
  return undefined;
}

function setAside(name: string, { values, custom, notes }: Sheet): void {
  const field = leadFields.find((one) => one === name);
  if (field) {
    notes.push({ name: field, value: values[field] ?? "" });
    delete values[field];
    return;
  }
  const key = name.replace(/^custom\./, "");
  notes.push({ name: key, value: [custom[key] ?? ""].flat().join(", ") });
  delete custom[key];
}

function toTyped(values: Sheet["values"]): Record<LeadField, string> {
  return Object.fromEntries(leadFields.map((field) => [field, values[field] ?? ""])) as Record<
    LeadField,
    string
  >;
}

/** A website form does not ask for what the form of the desk requires. */
function toOptional({ custom }: Form): Form["custom"] {
  return custom.map((field) => ({ ...field, required: false }));
}

function toComment(written = "", notes: readonly Entry[]): string {
  const lines = [written, ...notes.map(({ name, value }) => `${name.slice(0, LONGEST_NAME)}: ${value}`)];
  const text = lines.filter((line) => line.trim() !== "").join("\n");
  // Only names that stand before thousands of values could make more of it than was sent. Some letters become longer when cleaned.
  return cleanLines(text.slice(0, MAX_RECEIVED_COMMENT)).slice(0, MAX_RECEIVED_COMMENT).toWellFormed();
}
