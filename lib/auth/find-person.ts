import "server-only";
import { findPersonOfSession } from "@/lib/people/queries";
import type { Person } from "@/lib/people/schema";
import { claimsSchema, LONGEST_MS } from "./claims";

/** Whose token it is. From the database every time: who was disabled, or signed out everywhere, is nobody at once. */
export async function findPerson(token: unknown): Promise<Person | undefined> {
  const claims = claimsSchema.safeParse(token).data;
  if (!claims || claims.since + LONGEST_MS < Date.now()) return undefined;
  return findPersonOfSession(claims);
}
