export type FieldError = { code: string; path: string; detail: string };
export type Json = Record<string, unknown>;

/** What is wrong with a value found at a dotted, zero-based path. kommo-api.md §1.3 */
export type Check = (value: unknown, path: string) => FieldError[];

export const missing = (path: string): FieldError => ({
  code: "FieldMissing",
  path,
  detail: "This field is missing.",
});

export const unexpected = (path: string): FieldError => ({
  code: "FieldNotExpected",
  path,
  detail: "This field was not expected.",
});

export const notAChoice = (path: string): FieldError => ({
  code: "NotSupportedChoice",
  path,
  detail: "The value you selected is not a valid choice.",
});

export const wrongType = (path: string, type: string): FieldError => ({
  code: "InvalidType",
  path,
  detail: `This value should be of type ${type}.`,
});

export const int: Check = (value, path) => (Number.isInteger(value) ? [] : [wrongType(path, "int")]);

export const text: Check = (value, path) => (typeof value === "string" ? [] : [wrongType(path, "string")]);

export const textOrNumber: Check = (value, path) => (typeof value === "number" ? [] : text(value, path));

export const anything: Check = () => [];

export function oneOf(choices: () => number[]): Check {
  return (value, path) => {
    if (typeof value !== "number") return [wrongType(path, "int")];
    return choices().includes(value) ? [] : [notAChoice(path)];
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

/** `others` says what happens to keys the shape does not name: Kommo refuses some and ignores some. */
export function shape(
  keys: Record<string, Check>,
  required: string[] = [],
  others: "refused" | "ignored" = "refused",
): Check {
  return (value, path) => {
    if (!isJson(value)) return [wrongType(path, "array")];
    const absent = required.filter((key) => value[key] === undefined).map((key) => missing(join(path, key)));
    const found = Object.entries(value).flatMap(([key, part]) => {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (check) return check(part, join(path, key));
      return others === "ignored" ? [] : [unexpected(join(path, key))];
    });
    return [...absent, ...found];
  };
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function join(path: string, key: string | number): string {
  return path === "" ? String(key) : `${path}.${key}`;
}
