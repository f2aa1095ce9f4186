import { ACCOUNT_ID } from "../../state/account-parts.ts";
import type { Tag } from "../../state/records.ts";

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
