import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toPerson } from "@/lib/people/queries";
import type { Person } from "@/lib/people/schema";
import { type Waits, waits } from "@/lib/second-factor/schema";
import { type Claims, MAX_MS, toIdleSince } from "./claims";

const WAITING_MS = 30 * 60 * 1000;
const PROOF_MS = 10 * 60 * 1000;

/** Somebody whose session may still wait for a second factor, and whether they gave a proof of who they are lately. */
export type SessionHolder = { user: Person; session: string; waitsFor: Waits | null; isProven: boolean };

/**
 * Reads the database every time, so that disabling a person or ending a session works at once. Undefined for a session
 * that waits for a second factor.
 */
export async function findPersonOfSession(
  claims: Claims,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Person | undefined> {
  const row = await selectPerson(claims, db, now).where("sessions.waits_for", "is", null).executeTakeFirst();
  return row && toPerson(row);
}

/** A session that waits is kept for half an hour. */
export async function findSessionHolder(
  claims: Claims,
  db: Db = getDb(),
  now = Date.now(),
): Promise<SessionHolder | undefined> {
  const row = await selectPerson(claims, db, now)
    .select(["sessions.waits_for", "sessions.proven_at", "sessions.since"])
    .executeTakeFirst();
  if (!row) return undefined;
  const { waits_for, proven_at, since, ...person } = row;
  if (waits_for !== null && since < now - WAITING_MS) return undefined;
  return {
    user: toPerson(person),
    session: claims.session,
    // A word that nobody knows must open nothing.
    waitsFor: waits_for === null ? null : (waits.find((one) => one === waits_for) ?? "factor"),
    isProven: proven_at !== null && proven_at > now - PROOF_MS,
  };
}

function selectPerson({ sub, version, session }: Claims, db: Db, now: number) {
  return db
    .selectFrom("sessions")
    .innerJoin("people", "people.id", "sessions.person_id")
    .select(["people.id", "people.email", "people.name", "people.role"])
    .where("sessions.id", "=", session)
    .where("sessions.seen_at", ">=", toIdleSince(now))
    .where("sessions.since", ">=", now - MAX_MS)
    .where("people.id", "=", sub)
    .where("people.session_version", "=", version)
    .where("people.disabled_at", "is", null);
}
