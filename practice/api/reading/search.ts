import type { Company, Contact, Lead } from "../../state/records.ts";
import { inRange, matches, type Query } from "../query.ts";

type Sortable = Contact | Company | Lead;

/** The records that `filter[id]` names, or all. Ids are looked up, so that a few of them cost no walk over all records. */
export function selectById<T>(records: Map<number, T>, query: Query): T[] {
  const ids = query.get("filter.id");
  if (!ids) return [...records.values()];
  return [...new Set(ids)].flatMap((id) => {
    const record = records.get(Number(id));
    return record ? [record] : [];
  });
}

/** The filters every entity has; one that Kommo does not know is ignored. docs/kommo-api.md §5.1 */
export function matchesFilters(query: Query, record: Sortable): boolean {
  return (
    matches(query, "name", record.name) &&
    matches(query, "responsible_user_id", record.responsible_user_id) &&
    inRange(query, "created_at", record.created_at) &&
    inRange(query, "updated_at", record.updated_at)
  );
}

/** Plain text search over the name and every value: a phone is found only as it was written. docs/kommo-api.md §5.1 */
export function matchesSearch(query: Query, { name, custom_fields_values }: Sortable): boolean {
  const words = query.get("query")?.[0]?.toLowerCase();
  if (!words) return true;
  const values = custom_fields_values.flatMap((entry) => entry.values.map(({ value }) => String(value)));
  return [name, ...values].some((text) => text.toLowerCase().includes(words));
}

/** By `updated_at`, oldest first, unless another of the keys is asked. docs/kommo-api.md §5.1 */
export function sortBy<T extends Sortable, K extends "id" | "created_at" | "updated_at" | "name">(
  records: T[],
  query: Query,
  keys: readonly K[],
): T[] {
  const key = keys.find((name) => query.has(`order.${name}`)) ?? "updated_at";
  const sign = query.get(`order.${key}`)?.[0] === "desc" ? -1 : 1;
  return records.sort((a, b) => sign * compare(a[key], b[key]));
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}
