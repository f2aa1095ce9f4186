import type { FormLanguage } from "@/lib/domain/lead/fields";
import type { FormField, FormFields, InputKind } from "@/lib/domain/mapping/schema";
import { type AskedField, askedFields, sayField } from "./say";

export type PublicKind = InputKind | "tel" | "email";

/** One input of the form that visitors fill in. `name` is what is sent: a field of ours, or the key of an admin's. */
export type PublicField = {
  name: string;
  kind: PublicKind;
  label: string;
  help: string;
  isRequired: boolean;
  /** The words of a list, which are sent as they are. */
  options: string[];
};

type Form = Pick<FormFields, "first" | "more" | "hidden" | "required" | "labels" | "custom">;

const CONTACTS: readonly string[] = ["phone", "telegram", "email"];
const KINDS: Partial<Record<AskedField, PublicKind>> = {
  phone: "tel",
  email: "email",
  comment: "textarea",
};

/** Everything that the form may ask for, in the order of the desk's own form, and the comment last. */
export function listPublicFields(form: Form, language: FormLanguage): PublicField[] {
  const own = [...form.first, ...form.more].flatMap((field) => {
    const asked = askedFields.find((one) => one === field);
    return asked && !form.hidden.includes(field) ? [toOwn(asked, form, language)] : [];
  });
  const custom = form.custom.filter((field) => !field.own).map((field) => toCustom(field, language));
  const isComment = ({ name }: PublicField) => name === "comment";
  const fields = [...own, ...custom];
  return [...fields.filter((field) => !isComment(field)), ...fields.filter(isComment)];
}

/** What it asks for: the fields that the admin chose, else those of the desk's first block and the required ones. */
export function listShownFields(
  form: Form,
  chosen: readonly string[] | null,
  language: FormLanguage,
): PublicField[] {
  const all = listPublicFields(form, language);
  const first: readonly string[] = form.first;
  const isShown = ({ name, isRequired }: PublicField) =>
    chosen === null ? first.includes(name) || isRequired : chosen.includes(name);
  const shown = all.filter(isShown);
  const contacts = shown.filter(({ name }) => CONTACTS.includes(name));
  const [only] = contacts;
  // A lead without a contact is refused, so the only one to give is required.
  if (only)
    return shown.map((field) => (contacts.length === 1 && field === only ? toRequired(field) : field));
  return [toRequired(toOwn("phone", form, language)), ...shown];
}

/** The contacts of which one is enough; none where a field says by itself that it is required. */
export function listAlternativeContacts(fields: readonly PublicField[]): PublicField[] {
  const contacts = fields.filter(({ name }) => CONTACTS.includes(name));
  return contacts.some(({ isRequired }) => isRequired) ? [] : contacts;
}

function toRequired(field: PublicField): PublicField {
  return { ...field, isRequired: true };
}

function toOwn(field: AskedField, { labels, required, custom }: Form, language: FormLanguage): PublicField {
  const list = custom.find(({ own }) => own?.field === field);
  return {
    name: field,
    kind: list ? "select" : (KINDS[field] ?? "text"),
    label: labels[field]?.[toLocale(language)] || sayField(field, language),
    help: "",
    isRequired: list?.required ?? required.includes(field),
    options: list?.options.map(({ value }) => value) ?? [],
  };
}

function toCustom({ key, kind, label, help, required, options }: FormField, language: FormLanguage) {
  const locale = toLocale(language);
  return {
    name: key,
    kind,
    label: label[locale] || label.en || label.ru || key,
    help: help[locale] || help.en || help.ru,
    isRequired: required,
    options: options.map(({ value }) => value),
  };
}

/** Admins name fields in the languages of the desk. */
function toLocale(language: FormLanguage): "en" | "ru" {
  return language === "ru" ? "ru" : "en";
}
