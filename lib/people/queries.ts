import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toTokenHash } from "./one-time-link";
import { type AccountStatus, type ListedPerson, type Person, roles } from "./schema";

/** Finds disabled people too. */
export async function findAccount(email: string, db: Db = getDb()) {
  return db
    .selectFrom("people")
    .select(["id", "email", "locale", "theme", "password_hash", "session_version", "disabled_at"])
    .where("email", "=", email)
    .executeTakeFirst();
}

export async function isSetUp(db: Db = getDb()): Promise<boolean> {
  const person = await db.selectFrom("people").select("id").limit(1).executeTakeFirst();
  return person !== undefined;
}

/** Active people first, then by name. */
export async function listPeople(db: Db = getDb()): Promise<ListedPerson[]> {
  const rows = await db
    .selectFrom("people")
    .select(listed)
    .orderBy((order) => order.case().when("disabled_at", "is", null).then(0).else(1).end())
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(toListed);
}

export async function findListedPerson(id: string, db: Db = getDb()): Promise<ListedPerson | undefined> {
  const row = await db.selectFrom("people").select(listed).where("id", "=", id).executeTakeFirst();
  return row && toListed(row);
}

/** Undefined when the link does not work any more. */
export async function findLink(token: string, db: Db = getDb(), now = Date.now()) {
  return db
    .selectFrom("one_time_links")
    .leftJoin("people", "people.id", "one_time_links.person_id")
    .select(["one_time_links.purpose", "people.email", "people.name"])
    .where("token_hash", "=", toTokenHash(token))
    .where("used_at", "is", null)
    .where("expires_at", ">=", now)
    .executeTakeFirst();
}

const listed = [
  "id",
  "email",
  "name",
  "role",
  "locale",
  "password_hash",
  "last_sign_in_at",
  "disabled_at",
] as const;

type ListedRow = Record<"id" | "email" | "name" | "role" | "password_hash", string> & {
  locale: string | null;
  last_sign_in_at: number | null;
  disabled_at: number | null;
};

function toListed(row: ListedRow): ListedPerson {
  return {
    ...toPerson({ id: row.id, email: row.email, name: row.name, role: row.role }),
    status: toAccountStatus(row),
    locale: row.locale,
    lastSignInAt: row.last_sign_in_at,
  };
}

function toAccountStatus(row: ListedRow): AccountStatus {
  if (row.disabled_at !== null) return "disabled";
  return row.password_hash === "" && row.last_sign_in_at === null ? "invited" : "active";
}

export function toPerson(row: { id: string; email: string; name: string; role: string }): Person {
  return { ...row, role: roles.find((role) => role === row.role) ?? "seller" };
}
