import { type Target, toOptionKey } from "./schema";

/** The initial match: each option under its own text. */
export function matchOptions({ options = [] }: Pick<Target, "options">): Record<string, number> {
  return Object.fromEntries(options.map(({ id, value }) => [toOptionKey(value), id]));
}
