import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { hashPassword, isPassword } from "@/lib/people/password";
import { findAccount } from "@/lib/people/queries";
import { signInSchema } from "@/lib/people/schema";
import { recordRefusal } from "./mutations";
import { countSignInAttempt } from "./sign-in-limits";
import { toLimitKeys, type Visitor } from "./to-limit-keys";

type Answer = { id: string; email: string; version: number } | { waitSeconds: number } | undefined;

let decoyHash: Promise<string> | undefined;

/**
 * Undefined for an unknown person, a wrong password and a disabled person alike, after the same amount of work. A
 * session may begin only while `version` is unchanged.
 */
export async function authorise(
  credentials: unknown,
  visitor: Visitor,
  secret: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Answer> {
  const given = signInSchema.safeParse(credentials);
  if (!given.success) return undefined;

  const { email, password } = given.data;
  const waitMs = await countSignInAttempt(toLimitKeys(email, visitor, secret), db, now);
  if (waitMs > 0) return { waitSeconds: Math.ceil(waitMs / 1000) };

  decoyHash ??= hashPassword("nobody");
  const account = await findAccount(email, db);
  const matches = await isPassword(password, account?.password_hash || (await decoyHash));
  if (account?.password_hash && matches && account.disabled_at === null)
    return { id: account.id, email, version: account.session_version };

  await recordRefusal(account?.id ?? null, "sign_in_failed", { address: visitor.address }, db, now);
  return undefined;
}
