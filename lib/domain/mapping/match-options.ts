import { type Target, toOptionKey } from "./schema";

/** Our words for the options of a list in Kommo, each its own to begin with. */
export function matchOptions({ options = [] }: Pick<Target, "options">): Record<string, number> {
  return Object.fromEntries(options.map(({ id, value }) => [toOptionKey(value), id]));
}
