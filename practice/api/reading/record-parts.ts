import { ACCOUNT_ID, type Entity } from "../../state/account-parts.ts";
import type { Tag } from "../../state/records.ts";
import type { Call } from "../answer.ts";

/** What a record of any entity has and this account never fills. docs/kommo-api.md §5 */
export const unset = {
  group_id: 0,
  created_by: 0,
  updated_by: 0,
  closest_task_at: null,
  account_id: ACCOUNT_ID,
};

export const withColor = (tags: Tag[]) => tags.map((tag) => ({ ...tag, color: null }));

/** An empty set of values reads as null. docs/kommo-api.md §4 */
export const orNull = <T>(values: T[]) => (values.length > 0 ? values : null);

/** A field that is deleted takes its values from all records. docs/kommo-api.md §4 */
export function listFieldValues<T extends { field_id: number }>(
  { account }: Call,
  entity: Entity,
  values: readonly T[],
): T[] {
  const there = new Set(account.fields[entity].map(({ id }) => id));
  return values.filter(({ field_id }) => there.has(field_id));
}
