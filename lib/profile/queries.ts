import "server-only";
import { type Db, getDb } from "@/lib/db/client";

/** What a person sees of their own door. */
export async function getAccess(id: string, db: Db = getDb()) {
  const row = await db
    .selectFrom("people")
    .select(["password_hash", "last_sign_in_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { hasPassword: row.password_hash !== "", lastSignInAt: row.last_sign_in_at };
}
