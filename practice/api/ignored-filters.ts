import type { Switches } from "../faults/switches.ts";
import type { Query } from "./query.ts";

const BOUGHT = /^\/api\/v4\/(?:leads|contacts|companies)$/;

/** The query as Kommo heeds it: a filter that the account has not bought is ignored, like an unknown one. docs/kommo-api.md §5.5 */
export function withoutIgnored(query: Query, path: string, { filters, eventFilters }: Switches): Query {
  const isIgnored = (BOUGHT.test(path) && !filters) || (path === "/api/v4/events" && !eventFilters);
  return isIgnored ? new Map([...query].filter(([name]) => !name.startsWith("filter."))) : query;
}
