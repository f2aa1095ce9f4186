import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { clearSignInAttempts, countSignInAttempt } from "@/lib/auth/sign-in-limits";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockPerson } from "@/lib/people/lock-person";
import { endSessions } from "@/lib/people/mutations";
import { endLinks, toTokenHash } from "@/lib/people/one-time-link";
import { hashPassword, isPassword, requireStrongPassword } from "@/lib/people/password";
import { getWaits } from "@/lib/second-factor/queries";
import type { Waits } from "@/lib/second-factor/schema";
import type { ChosenPassword, NewPassword, OwnName } from "./schema";

export async function saveName({ name }: OwnName, id: string, db: Db = getDb(), now = Date.now()) {
  await db.transaction().execute(async (tx) => {
    await tx.updateTable("people").set({ name }).where("id", "=", id).execute();
    await writeAudit({ person_id: id, action: "person_changed", subject_id: id }, tx, now);
  });
}

/**
 * Returns the new session version. Throws `invalid` when the old password is wrong or was replaced meanwhile, and
 * `wait` after too many attempts.
 */
export async function changePassword(
  { current, password }: NewPassword,
  id: string,
  session: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<number> {
  const limitKeys = [{ kind: "person" as const, key: id }];
  const waitMs = await countSignInAttempt(limitKeys, db, now);
  if (waitMs > 0) throw new AppError("wait", { fields: { seconds: String(Math.ceil(waitMs / 1000)) } });

  const { password_hash: old, ...person } = await db
    .selectFrom("people")
    .select(["password_hash", "email", "name"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const wrong = new AppError("invalid", { fields: { current: "password_wrong" } });
  if (!(await isPassword(current, old))) throw wrong;
  requireStrongPassword(password, person);

  const password_hash = await hashPassword(password);
  return db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("people")
      .set({ password_hash })
      .where("id", "=", id)
      .where("password_hash", "=", old)
      .where("disabled_at", "is", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw wrong;

    const version = await endAccess(id, tx, now, session);
    await clearSignInAttempts(limitKeys, tx, now);
    return version;
  });
}

/** Throws `link_spent` when the link is unknown, used or expired. Returns the e-mail to sign in with, and what that sign-in will wait for. */
export async function choosePassword(
  { token, password }: ChosenPassword,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ email: string; waitsFor: Waits | null }> {
  const token_hash = toTokenHash(token);
  const found = await findLiveLink(token_hash, db, now);
  if (!found) throw new AppError("link_spent");
  requireStrongPassword(password, found);

  // Outside the transaction, which would otherwise block others for as long as hashing takes.
  const password_hash = await hashPassword(password);
  return db.transaction().execute(async (tx) => {
    await lockPerson(found.id, tx);
    const link = await findLiveLink(token_hash, tx, now);
    const { numDeletedRows } = await tx
      .deleteFrom("one_time_links")
      .where("token_hash", "=", token_hash)
      .executeTakeFirstOrThrow();
    if (!link || numDeletedRows === 0n) throw new AppError("link_spent");

    await tx.updateTable("people").set({ password_hash }).where("id", "=", link.id).execute();
    await endAccess(link.id, tx, now);
    return { email: link.email, waitsFor: await getWaits({ ...link, isByOidc: false }, tx) };
  });
}

export async function endSessionsExcept(
  session: string,
  id: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPerson(id, tx);
    await tx.deleteFrom("sessions").where("person_id", "=", id).where("id", "!=", session).execute();
    await writeAudit({ person_id: id, action: "sessions_ended", subject_id: id }, tx, now);
  });
}

async function endAccess(id: string, tx: Db, now: number, kept?: string): Promise<number> {
  const version = await endSessions(id, tx, kept);
  await endLinks(id, tx);
  await writeAudit({ person_id: id, action: "password_changed", subject_id: id }, tx, now);
  return version;
}

async function findLiveLink(token_hash: string, db: Db, now: number) {
  return db
    .selectFrom("one_time_links")
    .innerJoin("people", "people.id", "one_time_links.person_id")
    .select(["people.id", "people.email", "people.name", "people.role"])
    .where("token_hash", "=", token_hash)
    .where("expires_at", ">=", now)
    .where("people.disabled_at", "is", null)
    .executeTakeFirst();
}
