import "server-only";
import { type SqlBool, sql } from "kysely";
import { FORM_ROLE } from "@/lib/people/schema";

/**
 * Whose words a person may change: their own leads; those of website forms, and of colleagues who can no longer sign in, are
 * every head's and admin's.
 */
export function ofPerson(personId: string) {
  return sql<SqlBool>`(leads.author_id = ${personId}
    or (exists (select 1 from people where id = leads.author_id and (role = ${FORM_ROLE} or disabled_at is not null))
      and exists (select 1 from people where id = ${personId} and role in ('head', 'admin'))))`;
}
