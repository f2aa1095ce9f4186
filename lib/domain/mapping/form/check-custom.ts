import type { CustomValues } from "@/lib/domain/lead/schema";
import { toUrl } from "@/lib/domain/lead/url";
import { isTooLarge, isTooLong } from "@/lib/domain/mapping/limits";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { toOptionKey } from "@/lib/domain/mapping/schema";

type FormField = FormFields["custom"][number];
type Value = CustomValues[string];

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/**
 * Problems by input name; the messages are `lead.problems.<key>`. The server checks too, because the mapping may have
 * changed while the form was open.
 */
export function checkCustom(
  custom: CustomValues,
  source: string,
  form: Pick<FormFields, "custom" | "sources" | "isFreeSource">,
): Record<string, string> {
  const gone = Object.entries(custom).filter(
    ([key, value]) => value.length > 0 && !form.custom.some((field) => field.key === key),
  );
  const wrong = form.custom.flatMap((field) => {
    const problem = findProblem(field, custom[field.key] ?? "");
    return problem ? [[`custom.${field.key}`, problem]] : [];
  });
  return Object.fromEntries([
    ...gone.map(([key]) => [`custom.${key}`, "field_gone"]),
    ...wrong,
    ...(isKnownSource(source, form) ? [] : [["source", "source_unknown"]]),
  ]);
}

/** As they are saved: a web address has its scheme. */
export function toSavedCustom(
  custom: CustomValues,
  { custom: fields }: Pick<FormFields, "custom">,
): CustomValues {
  const urls = fields.filter(({ kind }) => kind === "url").map(({ key }) => key);
  return Object.fromEntries(
    Object.entries(custom).map(([key, value]) => [
      key,
      (urls.includes(key) && toUrl(String(value))) || value,
    ]),
  );
}

function findProblem({ kind, options, required }: FormField, value: Value): string | undefined {
  const values = [value].flat().filter((one) => one !== "");
  if (values.length === 0 || (kind === "checkbox" && value !== "true"))
    return required ? "required" : undefined;
  if (Array.isArray(value) && kind !== "multiselect") return "option_gone";
  switch (kind) {
    case "select":
    case "radio":
    case "multiselect":
      return values.every((one) => options.some(({ id }) => String(id) === one)) ? undefined : "option_gone";
    case "number":
      return findNumberProblem(toNumber(String(value)));
    case "date":
      return isDate(String(value), DATE) ? undefined : "date_invalid";
    case "datetime":
      return isDate(String(value), DATETIME) ? undefined : "date_invalid";
    case "url":
      return findUrlProblem(toUrl(String(value)));
    default:
      return isTooLong(kind, String(value)) ? "too_long" : undefined;
  }
}

function findNumberProblem(number: string): string | undefined {
  if (!NUMBER.test(number)) return "number_invalid";
  return isTooLarge(number) ? "too_long" : undefined;
}

function findUrlProblem(url: string | undefined): string | undefined {
  if (url === undefined) return "url_invalid";
  return isTooLong("url", url) ? "too_long" : undefined;
}

function isKnownSource(
  source: string,
  { sources, isFreeSource }: Pick<FormFields, "sources" | "isFreeSource">,
) {
  if (isFreeSource || source === "") return true;
  const key = toOptionKey(source);
  return sources.some(({ name, aliases }) => [name, ...aliases].map(toOptionKey).includes(key));
}

function toNumber(text: string): string {
  return text.replaceAll(/\s/g, "").replace(",", ".");
}

function isDate(text: string, shape: RegExp): boolean {
  const day = text.slice(0, "2030-01-31".length);
  const date = new Date(`${day}T00:00:00Z`);
  return shape.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
