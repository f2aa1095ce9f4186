import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { FIELD_LABELS } from "./field-labels";
import { isOnForm } from "./form-rules";
import { toLayout } from "./layout";
import { type Check, type Mapping, toOptionKey } from "./schema";

const NAMES: readonly LeadField[] = ["name", "surname"];
const CONTACTS: readonly LeadField[] = ["phone", "telegram", "email"];

/** Whether our fields, as the form shows them, still let a lead be typed. Places are `form-<field>`. */
export function checkForm(mapping: Mapping): Check[] {
  const isShown = (field: LeadField) => isOnForm(field, mapping);
  return [
    ...(NAMES.some(isShown) ? [] : [error("name", "names_hidden")]),
    ...(CONTACTS.some(isShown) ? [] : [error("phone", "contacts_hidden")]),
    ...(toLayout(mapping.layout).first.some(isShown) ? [] : [error("phone", "first_empty")]),
    ...leadFields.flatMap((field) => checkLabel(field, mapping)),
  ];
}

/** Two names that cannot be told apart. Names of Kommo's fields among themselves are the admin's own. */
function checkLabel(field: LeadField, mapping: Mapping): Check[] {
  const { ownFields, custom } = mapping;
  const { en = "", ru = "" } = ownFields[field]?.label ?? {};
  if (en + ru === "" || !isOnForm(field, mapping)) return [];
  const others = leadFields.filter((other) => other !== field && isOnForm(other, mapping));
  const names = [...others.map((other) => toNames(other, mapping)), ...custom.map(({ label }) => label)];
  const own = toNames(field, mapping);
  const twice = (["en", "ru"] as const).find((language) =>
    names.some((name) => toOptionKey(name[language]) === toOptionKey(own[language])),
  );
  return twice ? [error(field, "label_twice", { name: own[twice] })] : [];
}

function toNames(field: LeadField, { ownFields }: Mapping): { en: string; ru: string } {
  const { en = "", ru = "" } = ownFields[field]?.label ?? {};
  return { en: en || FIELD_LABELS[field].en, ru: ru || FIELD_LABELS[field].ru };
}

function error(field: LeadField, code: Check["code"], values: Check["values"] = {}): Check {
  return { place: `form-${field}`, code, values, severity: "error" };
}
