import { isJson } from "../state/json.ts";

export type FieldError = { code: string; path: string; detail: string };

/** What is wrong with a value found at a dotted, zero-based path. docs/kommo-api.md §1.3 */
export type Check = (value: unknown, path: string) => FieldError[];

type ErrorCode = keyof typeof details;

const details = {
  FieldMissing: "This field is missing.",
  FieldNotExpected: "This field was not expected.",
  NotSupportedChoice: "The value you selected is not a valid choice.",
  InvalidType: "This value should be of type string.",
};

export function invalidAt(code: ErrorCode, path: string): FieldError {
  return { code, path, detail: details[code] };
}

export const missing = (path: string) => invalidAt("FieldMissing", path);

export const unexpected = (path: string) => invalidAt("FieldNotExpected", path);

export const notAChoice = (path: string) => invalidAt("NotSupportedChoice", path);

export const wrongType = (path: string, type: string): FieldError => ({
  ...invalidAt("InvalidType", path),
  detail: `This value should be of type ${type}.`,
});

export const int: Check = (value, path) => (Number.isInteger(value) ? [] : [wrongType(path, "int")]);

export const text: Check = (value, path) => (typeof value === "string" ? [] : [wrongType(path, "string")]);

export const textOrNumber: Check = (value, path) => (typeof value === "number" ? [] : text(value, path));

/** `max` counts characters. docs/kommo-api.md §4.1 */
export function upTo(max: number, of: Check): Check {
  const detail = `This value is too long. It should have ${max} characters or less.`;
  return (value, path) => {
    const isTooLong = typeof value === "string" && [...value].length > max;
    return isTooLong ? [{ code: "TooLong", path, detail }] : of(value, path);
  };
}

export const anything: Check = () => [];

export function oneOf(isChoice: (id: number) => boolean): Check {
  return (value, path) => {
    if (typeof value !== "number") return [wrongType(path, "int")];
    return isChoice(value) ? [] : [notAChoice(path)];
  };
}

export function list(of: Check, max = Number.POSITIVE_INFINITY): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [wrongType(path, "array")];
    const errors = value.flatMap((entry, index) => of(entry, join(path, index)));
    const detail = `This collection should contain ${max} element or less.`;
    return value.length > max ? [{ code: "TooMany", path, detail }, ...errors] : errors;
  };
}

/** `others` says what is wrong with keys the shape does not name: Kommo refuses some and ignores some. */
export function shape(
  keys: Record<string, Check>,
  required: string[] = [],
  others: Check = (_, path) => [unexpected(path)],
): Check {
  return (value, path) => {
    if (!isJson(value)) return [wrongType(path, "array")];
    const absent = required.filter((key) => value[key] === undefined).map((key) => missing(join(path, key)));
    const found = Object.entries(value).flatMap(([key, part]) => {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
      return (check ?? others)(part, join(path, key));
    });
    return [...absent, ...found];
  };
}

export function join(path: string, key: string | number): string {
  return path === "" ? String(key) : `${path}.${key}`;
}
