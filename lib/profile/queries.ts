import "server-only";
import { MAX_MS, toIdleSince } from "@/lib/auth/claims";
import { type Db, getDb } from "@/lib/db/client";
import type { OpenSession } from "./schema";

export async function getAccess(id: string, db: Db = getDb()) {
  const row = await db
    .selectFrom("people")
    .select(["password_hash", "last_sign_in_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { hasPassword: row.password_hash !== "", lastSignInAt: row.last_sign_in_at };
}

// Nobody reads more. Signing out everywhere else ends the others too.
const MAX_LISTED = 20;

/** The person's live sessions: the current one first, then the most recently used. */
export async function listSessions(
  person_id: string,
  own: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<OpenSession[]> {
  return db
    .selectFrom("sessions")
    .select(["id", "browser", "since", "seen_at as seenAt"])
    .where("person_id", "=", person_id)
    .where("waits_for", "is", null)
    .where("since", ">=", now - MAX_MS)
    .where("seen_at", ">=", toIdleSince(now))
    .orderBy((order) => order.case().when("id", "=", own).then(0).else(1).end())
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .limit(MAX_LISTED)
    .execute();
}
