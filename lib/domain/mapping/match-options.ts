import { type Target, toOptionKey } from "./schema";

export function matchOptions({ options = [] }: Pick<Target, "options">): Record<string, number> {
  return Object.fromEntries(options.map(({ id, value }) => [toOptionKey(value), id]));
}
