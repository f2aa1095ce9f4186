import { TZDate } from "@date-fns/tz";
import { toKnownZone } from "@/lib/domain/known-zone";
import { toUrlOrWords } from "@/lib/domain/lead/url";
import { isTooLarge, isTooLong } from "@/lib/domain/mapping/limits";
import { type Target, toOptionKey } from "@/lib/domain/mapping/schema";
import type { FieldValues } from "./incoming-lead";

type Values = FieldValues["values"];

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/;

/**
 * By the field's type (docs/kommo-api.md §4): option ids for lists, unix seconds in the account's time zone for dates.
 * Empty for an unticked checkbox; undefined when the field cannot take the value.
 */
export function toKommoValues(
  target: Target,
  value: string | string[],
  options: Record<string, number>,
  timeZone: string,
): Values | undefined {
  switch (target.type) {
    case "select":
    case "radiobutton":
    case "category":
      return typeof value === "string" ? toChoices(target, [value], options) : undefined;
    case "multiselect":
      return toChoices(target, [value].flat(), options);
    case "checkbox":
      return value === "true" ? [{ value: true }] : [];
    case "numeric":
    case "price":
    case "monetary":
      return toNumber(value);
    case "date":
    case "birthday":
    case "date_time":
      return toTime(target.type, String(value), timeZone);
    case "url":
      return toAddress(String(value));
    default:
      return toText(target, [value].flat().join(", "));
  }
}

function toText({ type, enumCode }: Target, value: string): Values | undefined {
  return isTooLong(type, value) ? undefined : [{ value, ...(enumCode && { enum_code: enumCode }) }];
}

function toAddress(text: string): Values | undefined {
  const value = toUrlOrWords(text);
  return value === undefined || isTooLong("url", value) ? undefined : [{ value }];
}

function toChoices(target: Target, typed: string[], options: Record<string, number>): Values | undefined {
  const ids = typed.map((one) => findOption(target, one, options));
  return ids.every((id) => id !== undefined) ? ids.map((enum_id) => ({ enum_id })) : undefined;
}

function findOption(target: Target, typed: string, matched: Record<string, number>): number | undefined {
  const key = toOptionKey(typed);
  const known = target.options ?? [];
  // "Constructor" is a builder in Spanish, and a property of every object.
  if (Object.hasOwn(matched, key)) return matched[key];
  return known.find(({ id, value }) => String(id) === typed || toOptionKey(value) === key)?.id;
}

function toNumber(value: string | string[]): Values | undefined {
  const number = String(value).replaceAll(/\s/g, "").replace(",", ".");
  return NUMBER.test(number) && !isTooLarge(number) ? [{ value: number }] : undefined;
}

function toTime(type: string, value: string, timeZone: string): Values | undefined {
  const [, year, month, day, hour = 0, minute = 0] = DATE.exec(value) ?? [];
  if (year === undefined) return undefined;
  const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)] as const;
  const date = new TZDate(...parts, toKnownZone(timeZone));
  // JavaScript would turn a 31st of February into a day in March.
  if (date.getMonth() !== parts[1] || date.getDate() !== parts[2]) return undefined;
  const seconds = Math.floor(date.getTime() / 1000);
  if (seconds > 0) return [{ value: seconds }];
  // Kommo takes no seconds before 1970.
  return [{ value: type === "birthday" ? `${year}-${month}-${day}` : date.toISOString() }];
}
