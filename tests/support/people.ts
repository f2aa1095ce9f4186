import { randomUUID } from "node:crypto";
import type { Insertable } from "kysely";
import { openSession } from "@/lib/auth/mutations";
import type { Db } from "@/lib/db/client";
import type { PeopleTable } from "@/lib/db/tables";
import { findPersonOfSession } from "@/lib/people/queries";

export async function insertSeller(db: Db, name = "Анна"): Promise<string> {
  return addPerson(db, { name, password_hash: "" });
}

/** A seller who has a password, unless the columns say otherwise. */
export async function addPerson(db: Db, columns: Partial<Insertable<PeopleTable>> = {}): Promise<string> {
  const id = randomUUID();
  const person = { id, name: "Анна", email: `${id}@example.com`, role: "seller", password_hash: "set" };
  await db
    .insertInto("people")
    .values({ ...person, created_at: 0, ...columns })
    .execute();
  return id;
}

export type Session = { sub: string; version: number; session: string };

/** As a sign-in would, of the version that stands. */
export async function startSession(db: Db, id: string): Promise<Session> {
  const { session_version } = await db
    .selectFrom("people")
    .select("session_version")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { sub: id, version: session_version, session: await openSession(id, null, Date.now(), db) };
}

export async function isSignedIn(db: Db, session: Session): Promise<boolean> {
  return (await findPersonOfSession(session, db)) !== undefined;
}
