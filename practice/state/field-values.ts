import type { Enum, Field } from "./account-parts.ts";
import { type Json, toList } from "./json.ts";
import type { FieldValues } from "./records.ts";

export const CHOICES = ["select", "radiobutton", "multiselect", "category"];
export const NUMBERS = ["numeric", "price", "monetary"];
export const DATES = ["date", "date_time", "birthday"];

/** What Kommo keeps of `custom_fields_values`, in the shape it is read back. docs/kommo-api.md §4 */
export function toFieldValues(fields: Field[], posted: unknown): FieldValues[] {
  return toList(posted).flatMap((entry) => {
    const field = findField(fields, entry);
    const values = toList(entry.values).map((value) => toStored(field, value));
    if (!field || values.length === 0) return [];
    return [
      { field_id: field.id, field_name: field.name, field_code: field.code, field_type: field.type, values },
    ];
  });
}

function toStored(field: Field | undefined, { value, ...rest }: Json) {
  if (!field?.enums)
    return { value: NUMBERS.includes(field?.type ?? "") ? String(value) : toSeconds(field, value) };
  const isChoice = CHOICES.includes(field.type);
  const found = findEnum(field, isChoice ? { value, ...rest } : rest) ?? field.enums[0];
  return { value: isChoice ? found?.value : value, enum_id: found?.id, enum_code: found?.code ?? null };
}

function toSeconds(field: Field | undefined, value: unknown): unknown {
  const isText = typeof value === "string" && DATES.includes(field?.type ?? "");
  return isText ? Math.floor(Date.parse(value) / 1000) : value;
}

export function findField(fields: Field[], { field_id, field_code }: Json): Field | undefined {
  return fields.find((field) =>
    field_id === undefined ? field.code !== null && field.code === field_code : field.id === field_id,
  );
}

export function findEnum(field: Field, { enum_id, enum_code, value }: Json): Enum | undefined {
  return field.enums?.find((option) => {
    if (enum_id !== undefined) return option.id === enum_id;
    return enum_code !== undefined ? option.code === enum_code : option.value === value;
  });
}
