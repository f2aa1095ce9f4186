import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { type Person, roles } from "./schema";

/** Undefined too when the person is disabled: they are nobody from the next request on. */
export async function findPerson(id: string, db: Db = getDb()): Promise<Person | undefined> {
  const row = await db
    .selectFrom("people")
    .select(["id", "email", "name", "role"])
    .where("id", "=", id)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
  return row && toPerson(row);
}

export async function findPasswordHash(email: string, db: Db = getDb()) {
  return db
    .selectFrom("people")
    .select(["id", "password_hash"])
    .where("email", "=", email)
    .where("disabled_at", "is", null)
    .executeTakeFirst();
}

export async function isSetUp(db: Db = getDb()): Promise<boolean> {
  const person = await db.selectFrom("people").select("id").limit(1).executeTakeFirst();
  return person !== undefined;
}

function toPerson(row: { id: string; email: string; name: string; role: string }): Person {
  return { ...row, role: roles.find((role) => role === row.role) ?? "seller" };
}
