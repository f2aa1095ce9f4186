import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditDetail } from "@/lib/audit/schema";
import { type Db, getDb, lockFreeRows, lockRows } from "@/lib/db/client";
import { lockPerson } from "@/lib/people/lock-person";
import { MAX_MS, toIdleSince } from "./claims";
import { clearSignInAttempts, type LimitKey } from "./sign-in-limits";

export async function recordSignIn(
  id: string,
  limitKeys: LimitKey[],
  detail: AuditDetail,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await clearSignInAttempts(limitKeys, tx, now);
    await tx.updateTable("people").set({ last_sign_in_at: now }).where("id", "=", id).execute();
    await writeAudit({ person_id: id, action: "signed_in", detail: JSON.stringify(detail) }, tx, now);
  });
}

/** Of an unknown person we keep nothing that was typed. */
export async function recordRefusal(
  id: string | null,
  action: "sign_in_failed" | "sign_in_refused",
  detail: AuditDetail,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await writeAudit({ person_id: id, action, detail: JSON.stringify(detail) }, db, now);
}

/** `replaced` is the session that the browser had until now. */
type NewSession = { sub: string; version: number; browser: string | null; replaced?: string };

/** Returns the session's id; undefined when the person was disabled or signed out everywhere meanwhile. */
export async function createSession(
  { sub, version, browser, replaced }: NewSession,
  db: Db = getDb(),
  now = Date.now(),
): Promise<string | undefined> {
  await forgetSessions(db, now);
  return db.transaction().execute(async (tx) => {
    const person = tx
      .selectFrom("people")
      .select("id")
      .where("id", "=", sub)
      .where("session_version", "=", version)
      .where("disabled_at", "is", null);
    if (!(await lockRows(tx, person).executeTakeFirst())) return undefined;

    const id = randomUUID();
    await tx
      .insertInto("sessions")
      .values({ id, person_id: sub, browser, since: now, seen_at: now })
      .execute();
    // Comes last because it may belong to another person, whom this transaction does not lock.
    if (replaced) await tx.deleteFrom("sessions").where("id", "=", replaced).execute();
    return id;
  });
}

/** False when the session has ended. */
export async function markSeen(id: string, db: Db = getDb(), now = Date.now()): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("sessions")
    .set({ seen_at: now })
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** A session that has already ended is left alone. */
export async function endSession(
  id: string,
  person_id: string,
  action: "signed_out" | "session_ended",
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    const { numDeletedRows } = await tx
      .deleteFrom("sessions")
      .where("id", "=", id)
      .where("person_id", "=", person_id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows > 0n) await writeAudit({ person_id, action }, tx, now);
  });
}

async function forgetSessions(db: Db, now: number): Promise<void> {
  const over = db
    .selectFrom("sessions")
    .select("id")
    .where((is) => is.or([is("since", "<", now - MAX_MS), is("seen_at", "<", toIdleSince(now))]));
  await db.deleteFrom("sessions").where("id", "in", lockFreeRows(db, over)).execute();
}
