import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toPerson } from "@/lib/people/queries";
import type { Person } from "@/lib/people/schema";
import { type Claims, MAX_MS, toIdleSince } from "./claims";

/** Reads the database every time, so that disabling a person or ending a session works at once. */
export async function findPersonOfSession(
  { sub, version, session }: Claims,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Person | undefined> {
  const row = await db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select(["people.id", "people.email", "people.name", "people.role"])
    .where("sessions.id", "=", session)
    .where("sessions.seen_at", ">=", toIdleSince(now))
    .where("sessions.since", ">=", now - MAX_MS)
    .where("people.id", "=", sub)
    .where("people.session_version", "=", version)
    .where("people.disabled_at", "is", null)
    .executeTakeFirst();
  return row && toPerson(row);
}
