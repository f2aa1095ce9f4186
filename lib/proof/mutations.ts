import "server-only";
import type { SessionHolder } from "@/lib/auth/find-person-of-session";
import { forgetFailures, markProven, recordRefusal } from "@/lib/auth/mutations";
import { countSignInAttempt, type LimitKey } from "@/lib/auth/sign-in-limits";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { isPassword, requirePasswords } from "@/lib/people/password";
import { spendCode } from "@/lib/second-factor/mutations";
import { isPasskeyAnswer } from "@/lib/second-factor/passkeys";
import { getFactors, isProtected } from "@/lib/second-factor/queries";
import type { PasskeyAnswer, TypedCode } from "@/lib/second-factor/schema";
import type { PasswordProof } from "./schema";

type From = { limitKeys: LimitKey[]; address: string };

/**
 * A code of the app or a recovery code. Counted before it is compared, so that parallel guesses gain nothing. Throws
 * `wait` and `invalid`. Returns how many recovery codes are left after one was used.
 */
export async function proveByCode(
  { code }: TypedCode,
  holder: SessionHolder,
  { limitKeys, address }: From,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ codesLeft?: number }> {
  await requireTry(limitKeys, db, now);
  const spent = await spendCode(holder.user.id, code, db, now);
  if (!spent) {
    await recordRefusal(holder.user.id, "proof_refused", { how: "code", address }, db, now);
    throw new AppError("invalid", { fields: { code: "code_wrong" } });
  }
  await forgetFailures(limitKeys, db, now);
  await acceptProof(holder, { how: "code", address }, db, now);
  return spent;
}

/** Throws `wait`, and `invalid` for an answer that no passkey of this person gave to the session's challenge. */
export async function proveByPasskey(
  answer: PasskeyAnswer,
  holder: SessionHolder,
  { limitKeys, address }: From,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await requireTry(limitKeys, db, now);
  const { user, session } = holder;
  if (!(await isPasskeyAnswer(answer, { id: user.id, session }, db, now))) {
    await recordRefusal(user.id, "proof_refused", { how: "passkey", address }, db, now);
    throw new AppError("invalid", { fields: { passkey: "passkey_refused" } });
  }
  await forgetFailures(limitKeys, db, now);
  await acceptProof(holder, { how: "passkey", address }, db, now);
}

/**
 * For whoever is signed in already and has no second factor: one that is there would be worth nothing beside the password.
 * Throws `wait`, `invalid`, `passwords_off`, and `changed_meanwhile` where there is one.
 */
export async function proveByPassword(
  { password }: PasswordProof,
  holder: SessionHolder,
  address: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  requirePasswords();
  // A password alone must not stand in for the factor that a sign-in waits for.
  if (holder.waitsFor !== null) throw new AppError("signed_out");
  const { id } = holder.user;
  if (isProtected(await getFactors(id, db))) throw new AppError("changed_meanwhile");
  const limitKeys = [{ kind: "person" as const, key: id }];
  await requireTry(limitKeys, db, now);
  const { password_hash } = await db
    .selectFrom("people")
    .select("password_hash")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  if (!(await isPassword(password, password_hash))) {
    await recordRefusal(id, "proof_refused", { how: "password", address }, db, now);
    throw new AppError("invalid", { fields: { password: "password_wrong" } });
  }
  await forgetFailures(limitKeys, db, now);
  await acceptProof(holder, { how: "password", address }, db, now);
}

type Given = { how: "password" | "code" | "passkey"; address: string };

/** Throws `signed_out` when the session has ended meanwhile. */
async function acceptProof(
  { user, session }: SessionHolder,
  detail: Given,
  db: Db,
  now: number,
): Promise<void> {
  await markProven({ id: session, person_id: user.id, detail }, db, now);
}

async function requireTry(limitKeys: LimitKey[], db: Db, now: number): Promise<void> {
  const waitMs = await countSignInAttempt(limitKeys, db, now);
  if (waitMs > 0) throw new AppError("wait", { fields: { seconds: String(Math.ceil(waitMs / 1000)) } });
}
