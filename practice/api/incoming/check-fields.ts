import type { Field } from "../../state/account-parts.ts";
import { CHOICES, DATES, findEnum, findField, NUMBERS } from "../../state/field-values.ts";
import { isJson, type Json } from "../../state/json.ts";
import { type Check, join, list, missing, notAChoice, text, unexpected, upTo, wrongType } from "../checks.ts";

const ONE_CHOICE = ["select", "radiobutton", "category"];
const TEXTS = ["text", "textarea", "url", "streetaddress", "tracking_data", "multitext"];
const LIMITED = ["text", "url", "streetaddress"];
const LONGEST_TEXT = 256;
const ENTRY_KEYS = ["field_id", "field_code", "field_name", "field_type", "is_computed", "values"];
const DAY = /^\d{4}-\d\d-\d\d$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Checks `custom_fields_values` against the fields of one entity. docs/kommo-api.md §4 */
export function checkFieldValues(fields: Field[]): Check {
  const entries = list((entry, path) => checkEntry(fields, entry, path));
  return (value, path) => (value === null ? [] : entries(value, path));
}

const checkEntry = (fields: Field[], entry: unknown, path: string) => {
  if (!isJson(entry)) return [wrongType(path, "array")];
  const unknownKeys = Object.keys(entry).filter((key) => !ENTRY_KEYS.includes(key));
  const errors = unknownKeys.map((key) => unexpected(join(path, key)));
  const field = findField(fields, entry);
  if (!field) return [...errors, unknownField(entry, path)];
  if (entry.values === undefined) return [...errors, missing(join(path, "values"))];
  const max = ONE_CHOICE.includes(field.type) ? 1 : undefined;

  return [
    ...errors,
    ...list((value, at) => checkValue(field, value, at), max)(entry.values, join(path, "values")),
  ];
};

function unknownField({ field_id, field_code }: Json, path: string) {
  if (field_id === undefined && field_code === undefined) return missing(join(path, "field_id"));
  if (field_id === undefined) return notAChoice(join(path, "field_code"));
  return typeof field_id === "number"
    ? notAChoice(join(path, "field_id"))
    : wrongType(join(path, "field_id"), "int");
}

const checkValue = (field: Field, value: unknown, path: string) => {
  if (!isJson(value)) return [wrongType(path, "array")];
  if (CHOICES.includes(field.type)) return checkChoice(field, value, path);
  const unknownKeys = Object.keys(value).filter((key) => !["value", "enum_id", "enum_code"].includes(key));
  const errors = unknownKeys.map((key) => unexpected(join(path, key)));
  const at = join(path, "value");

  return [
    ...errors,
    ...checkEnumKeys(field, value, path),
    ...(value.value === undefined ? [missing(at)] : checkPlain(field.type, value.value, at)),
  ];
};

const checkPlain = (type: string, value: unknown, path: string) => {
  if (LIMITED.includes(type)) return upTo(LONGEST_TEXT, text)(value, path);
  if (TEXTS.includes(type)) return text(value, path);
  if (NUMBERS.includes(type)) return isNumeric(value) ? [] : [wrongType(path, "numeric")];
  if (DATES.includes(type)) return isDate(value) ? [] : [wrongType(path, "int")];
  if (type === "checkbox") return typeof value === "boolean" ? [] : [wrongType(path, "bool")];
  return [];
};

const checkEnumKeys = (field: Field, value: Json, path: string) => {
  const given = ["enum_id", "enum_code"].filter((key) => value[key] !== undefined);
  if (!field.enums) return given.map((key) => unexpected(join(path, key)));
  return given
    .filter((key) => !findEnum(field, { [key]: value[key] }))
    .map((key) => notAChoice(join(path, key)));
};

const checkChoice = (field: Field, value: Json, path: string) => {
  const key = ["enum_id", "enum_code", "value"].find((name) => value[name] !== undefined);
  if (!key) return [missing(join(path, "value"))];
  if (findEnum(field, { [key]: value[key] })) return [];
  const at = join(path, key);
  return key === "enum_id" && typeof value.enum_id !== "number" ? [wrongType(at, "int")] : [notAChoice(at)];
};

function isNumeric(value: unknown): boolean {
  return (
    typeof value === "number" ||
    (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
  );
}

function isDate(value: unknown): boolean {
  if (typeof value === "string") return RFC3339.test(value) || DAY.test(value);
  // Seconds before 1970 are refused. docs/kommo-api.md §4.1
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
