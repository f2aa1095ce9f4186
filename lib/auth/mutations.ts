import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditDetail } from "@/lib/audit/schema";
import { type Db, getDb, lockFreeRows, lockRows } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockPerson } from "@/lib/people/lock-person";
import type { Waits } from "@/lib/second-factor/schema";
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
    await writeSignIn(id, detail, tx, now);
  });
}

async function writeSignIn(id: string, detail: AuditDetail, tx: Db, now: number): Promise<void> {
  await tx.updateTable("people").set({ last_sign_in_at: now }).where("id", "=", id).execute();
  await writeAudit({ person_id: id, action: "signed_in", detail }, tx, now);
}

/** The password or single sign-on was right, and the sign-in is not over: the second factor is still missing. */
export async function recordAwaitedFactor(
  id: string,
  limitKeys: LimitKey[],
  detail: AuditDetail,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await clearSignInAttempts(limitKeys, tx, now);
    await writeAudit({ person_id: id, action: "factor_awaited", detail }, tx, now);
  });
}

export async function forgetFailures(
  limitKeys: LimitKey[],
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute((tx) => clearSignInAttempts(limitKeys, tx, now));
}

type Proven = { id: string; person_id: string; detail: AuditDetail };

/**
 * The person has given a proof in this session: it opens everything, and for ten minutes what is asked for again. A session
 * that waited for it is a sign-in, which the log says. Throws `signed_out` when it has ended.
 */
export async function markProven({ id, person_id, detail }: Proven, db: Db, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    const own = await tx.selectFrom("sessions").select("waits_for").where("id", "=", id).executeTakeFirst();
    if (!own) throw new AppError("signed_out");
    await tx.updateTable("sessions").set({ waits_for: null, proven_at: now }).where("id", "=", id).execute();
    if (own.waits_for === "factor") await writeSignIn(person_id, detail, tx, now);
  });
}

/** Of an unknown person we keep nothing that was typed. */
export async function recordRefusal(
  id: string | null,
  action: "sign_in_failed" | "sign_in_refused" | "proof_refused",
  detail: AuditDetail,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await writeAudit({ person_id: id, action, detail }, db, now);
}

type NewSession = {
  sub: string;
  version: number;
  browser: string | null;
  /** The session that the browser had until now. */
  replaced?: string;
  /** Asked under the person's lock, so that a factor which was added meanwhile counts. By default it waits for nothing. */
  toWaits?: (tx: Db) => Promise<Waits | null>;
  /** When the person gave a password, or signed in at the provider (epoch ms). */
  provenAt?: number;
};

/** Undefined when the person was disabled or signed out everywhere meanwhile. */
export async function createSession(
  { sub, version, browser, replaced, toWaits, provenAt }: NewSession,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ session: string; waitsFor: Waits | null } | undefined> {
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
    const waitsFor = (await toWaits?.(tx)) ?? null;
    await tx
      .insertInto("sessions")
      .values({
        id,
        person_id: sub,
        browser,
        since: now,
        seen_at: now,
        waits_for: waitsFor,
        proven_at: provenAt,
      })
      .execute();
    // Comes last because it may belong to another person, whom this transaction does not lock.
    if (replaced) await tx.deleteFrom("sessions").where("id", "=", replaced).execute();
    return { session: id, waitsFor };
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
