import { argon2Sync, randomBytes, randomUUID } from "node:crypto";
import type { Insertable } from "kysely";
import type { Claims } from "@/lib/auth/claims";
import { findPersonOfSession } from "@/lib/auth/find-person-of-session";
import { createSession } from "@/lib/auth/mutations";
import type { Db } from "@/lib/db/client";
import type { PeopleTable } from "@/lib/db/tables";
import type { Waits } from "@/lib/second-factor/schema";

export async function insertSeller(db: Db, name = "Анна"): Promise<string> {
  return addPerson(db, { name, password_hash: "" });
}

/** A seller with a password, unless the columns say otherwise. */
export async function addPerson(db: Db, columns: Partial<Insertable<PeopleTable>> = {}): Promise<string> {
  const id = randomUUID();
  const person = { id, name: "Анна", email: `${id}@example.com`, role: "seller", password_hash: "set" };
  await db
    .insertInto("people")
    .values({ ...person, created_at: 0, ...columns })
    .execute();
  return id;
}

/** Of an older cost, which stays valid: to derive it takes a thousandth of the time that ours takes. */
export function toCheapHash(password: string): string {
  const nonce = randomBytes(16);
  const cost = { memory: 8, passes: 1, parallelism: 1, tagLength: 32 };
  const key = argon2Sync("argon2id", { message: password, nonce, ...cost });
  const [salt, hash] = [nonce, key].map((bytes) => bytes.toString("base64").replaceAll("=", ""));
  return `$argon2id$v=19$m=8,t=1,p=1$${salt}$${hash}`;
}

/** Creates a session with the person's current version, as signing in does. */
export async function startSession(
  db: Db,
  id: string,
  now = Date.now(),
  {
    waitsFor = null,
    ...more
  }: { browser?: string; replaced?: string; waitsFor?: Waits | null; provenAt?: number } = {},
): Promise<Claims> {
  const { session_version } = await db
    .selectFrom("people")
    .select("session_version")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const begun = { sub: id, version: session_version };
  const toWaits = async () => waitsFor;
  const created = await createSession({ ...begun, browser: null, toWaits, ...more }, db, now);
  if (!created) throw new Error(`${id} may not come in`);
  return { ...begun, session: created.session };
}

export async function isSignedIn(db: Db, session: Claims, now = Date.now()): Promise<boolean> {
  return (await findPersonOfSession(session, db, now)) !== undefined;
}
