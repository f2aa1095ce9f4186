import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { type Role, roles } from "@/lib/people/schema";
import type { FactorRules, Factors, Waits } from "./schema";

export const SIGN_ON_RULE = "single_sign_on";

/** The second factors of a person. What was begun and never confirmed is none. */
export async function getFactors(person_id: string, db: Db = getDb()): Promise<Factors> {
  const totp = await db
    .selectFrom("authenticators")
    .select("confirmed_at")
    .where("person_id", "=", person_id)
    .executeTakeFirst();
  const codes = await db
    .selectFrom("recovery_codes")
    .select((select) => select.fn.countAll<number>().as("count"))
    .where("person_id", "=", person_id)
    .executeTakeFirstOrThrow();
  const passkeys = await db
    .selectFrom("passkeys")
    .select(["id", "name", "used_at as usedAt"])
    .where("person_id", "=", person_id)
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  return { totpSince: totp?.confirmed_at ?? null, codesLeft: Number(codes.count), passkeys };
}

export function isProtected({ totpSince, passkeys }: Factors): boolean {
  return totpSince !== null || passkeys.length > 0;
}

export async function getFactorRules(db: Db = getDb()): Promise<FactorRules> {
  const rows = await db.selectFrom("factor_rules").select("whom").execute();
  const whom = rows.map((row) => row.whom);
  return { roles: roles.filter((role) => whom.includes(role)), afterSignOn: whom.includes(SIGN_ON_RULE) };
}

/** What a new session of this person has to wait for; null when it opens everything at once. */
export async function getWaits(
  { id, role, isByOidc }: { id: string; role: string; isByOidc: boolean },
  db: Db = getDb(),
): Promise<Waits | null> {
  const rules = await getFactorRules(db);
  if (isByOidc && !rules.afterSignOn) return null;
  if (isProtected(await getFactors(id, db))) return "factor";
  return isRequired(role, rules) ? "set_up" : null;
}

export function isRequired(role: string, rules: FactorRules): boolean {
  return rules.roles.includes(role as Role);
}
