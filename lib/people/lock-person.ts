import "server-only";
import { type Db, lockRows } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { FORM_ROLE } from "./schema";

/** Lock the person before their sessions and links. With this order no two transactions can deadlock. */
export async function lockPerson(id: string, tx: Db): Promise<void> {
  await lockRows(tx, tx.selectFrom("people").select("id").where("id", "=", id)).execute();
}

/**
 * Locks the admins first and in a fixed order, so that two of them cannot disable each other at once. An invited person
 * who has never signed in does not count as an admin.
 */
export async function lockPersonToChange(id: string, tx: Db) {
  const admins = tx
    .selectFrom("people")
    .select("id")
    .where("role", "=", "admin")
    .where("disabled_at", "is", null)
    .where((where) => where.or([where("password_hash", "!=", ""), where("last_sign_in_at", "is not", null)]))
    .orderBy("id");
  const activeAdmins = await lockRows(tx, admins).execute();

  const query = tx
    .selectFrom("people")
    .select(["id", "email", "name", "role", "locale", "password_hash", "disabled_at", "last_sign_in_at"])
    .where("id", "=", id)
    .where("role", "!=", FORM_ROLE);
  const person = await lockRows(tx, query).executeTakeFirst();
  if (!person) throw new AppError("not_found");

  const isAdmin = person.role === "admin" && person.disabled_at === null;
  return { ...person, isLastAdmin: isAdmin && activeAdmins.every((admin) => admin.id === id) };
}
