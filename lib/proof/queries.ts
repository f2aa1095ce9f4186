import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { getFactors, isProtected } from "@/lib/second-factor/queries";
import { type ProofWay, proofWays } from "./schema";

/**
 * The second factor alone counts where there is one. Else the password of who is signed in already, and single sign-on where
 * there is nothing else.
 */
export async function listProofWays(
  person_id: string,
  isSignedIn: boolean,
  db: Db = getDb(),
): Promise<ProofWay[]> {
  const factors = await getFactors(person_id, db);
  const { totpSince, codesLeft, passkeys } = factors;
  const { password_hash } = await db
    .selectFrom("people")
    .select("password_hash")
    .where("id", "=", person_id)
    .executeTakeFirstOrThrow();
  const { hasPasswords, oidc } = getEnv();
  const has: Record<ProofWay, boolean> = {
    password: isSignedIn && !isProtected(factors) && hasPasswords && password_hash !== "",
    totp: totpSince !== null,
    recovery: codesLeft > 0,
    passkey: passkeys.length > 0,
    signOn: false,
  };
  const ways = proofWays.filter((way) => has[way]);
  return ways.length === 0 && oidc ? ["signOn"] : ways;
}
