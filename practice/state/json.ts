export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else in it, or instead of it, is left out. */
export function toList(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
