import type { LeadField } from "@/lib/domain/lead/fields";
import { isOnForm, listHiddenFields, listUnsent, toSourceRules } from "@/lib/domain/mapping/form-rules";
import { toLayout } from "@/lib/domain/mapping/layout";
import { listOwnLists } from "@/lib/domain/mapping/own-lists";
import {
  type Alternatives,
  type CustomField,
  type Finding,
  type FormFields,
  type Labels,
  type Mapping,
  toInputKind,
} from "@/lib/domain/mapping/schema";

/** What the form shows and holds to, by a mapping. */
export function toForm(mapping: Mapping, drift: Finding[]): FormFields {
  const { retired, defaultCountry, holdSeconds } = mapping;
  const layout = toLayout(mapping.layout);
  const hidden = listHiddenFields(mapping);
  const isShown = (field: LeadField) => !hidden.includes(field);
  const fields = [...layout.first, ...layout.more];
  return {
    ...layout,
    start: fields.find(isShown) ?? "phone",
    required: fields.filter((field) => isShown(field) && mapping.ownFields[field]?.isRequired),
    labels: listLabels(mapping),
    alternatives: listAlternatives(mapping, hidden),
    custom: toInputs(mapping),
    hidden,
    unsent: listUnsent(mapping, drift),
    retired: [...retired, ...listOwnLists(mapping).filter(({ field }) => !isOnForm(field, mapping))].flatMap(
      toInput,
    ),
    ...toSourceRules(mapping),
    defaultCountry,
    holdSeconds,
  };
}

/** The inputs of the admin's fields, and of ours that are lists in Kommo. */
export function toInputs(mapping: Mapping): FormFields["custom"] {
  const lists = listOwnLists(mapping).filter(({ field }) => isOnForm(field, mapping));
  return [
    ...lists.flatMap(({ field, words, ...list }) => {
      const { label, isRequired = false } = mapping.ownFields[field] ?? {};
      const named = { en: label?.en || list.label.en, ru: label?.ru || list.label.ru };
      const own = { field, words };
      return toInput({ ...list, label: named, required: isRequired }).map((input) => ({ ...input, own }));
    }),
    ...mapping.custom.flatMap(toInput),
  ];
}

function toInput({ key, target, label, help, required }: CustomField): FormFields["custom"] {
  const kind = toInputKind(target.type ?? "text");
  const { options = [], former = [] } = target;
  return kind ? [{ key, kind, options, former, label, help, required }] : [];
}

function listLabels({ ownFields }: Mapping): Labels {
  const named = Object.entries(ownFields).filter(([, { label }]) => label.en !== "" || label.ru !== "");
  return Object.fromEntries(named.map(([field, { label }]) => [field, label]));
}

const GROUPS = {
  name_missing: ["name", "surname"],
  contact_missing: ["phone", "telegram", "email"],
} as const;

function listAlternatives({ ownFields }: Mapping, hidden: LeadField[]): Alternatives {
  const isSpecial = (field: LeadField) => ownFields[field] !== undefined || hidden.includes(field);
  const changed = Object.entries(GROUPS).filter(([, fields]) => fields.some(isSpecial));
  return Object.fromEntries(
    changed.map(([problem, fields]) => [problem, fields.filter((field) => !hidden.includes(field))]),
  );
}
