import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toTokenHash } from "./one-time-link";
import { type AccountStatus, FORM_ROLE, type ListedPerson, type Person, roles } from "./schema";

/** Finds disabled people too. */
export async function findAccount(email: string, db: Db = getDb()) {
  return db
    .selectFrom("people")
    .select(ofAccount)
    .where("people.email", "=", email)
    .where("people.role", "!=", FORM_ROLE)
    .executeTakeFirst();
}

/** Whom single sign-on's subject is linked to, disabled or not. */
export async function findLinkedAccount({ iss, sub }: { iss: string; sub: string }, db: Db = getDb()) {
  return db
    .selectFrom("people")
    .innerJoin("identities", "identities.person_id", "people.id")
    .select(ofAccount)
    .where("identities.issuer", "=", iss)
    .where("identities.subject", "=", sub)
    .where("identities.linked_at", "is not", null)
    .executeTakeFirst();
}

/** When an unknown subject of single sign-on asked to be this person, in epoch ms. */
export async function findLinkRequest(person_id: string, db: Db = getDb()): Promise<number | undefined> {
  const request = await db
    .selectFrom("identities")
    .select("asked_at")
    .where("person_id", "=", person_id)
    .where("linked_at", "is", null)
    .executeTakeFirst();
  return request?.asked_at;
}

export async function isSetUp(db: Db = getDb()): Promise<boolean> {
  const person = await db
    .selectFrom("people")
    .select("id")
    .where("role", "!=", FORM_ROLE)
    .limit(1)
    .executeTakeFirst();
  return person !== undefined;
}

/** Active people first, then by name. */
export async function listPeople(db: Db = getDb()): Promise<ListedPerson[]> {
  const rows = await db
    .selectFrom("people")
    .select(listed)
    .where("role", "!=", FORM_ROLE)
    .orderBy((order) => order.case().when("disabled_at", "is", null).then(0).else(1).end())
    .orderBy("name")
    .orderBy("id")
    .execute();
  return rows.map(toListed);
}

export async function findListedPerson(id: string, db: Db = getDb()): Promise<ListedPerson | undefined> {
  const row = await db
    .selectFrom("people")
    .select(listed)
    .where("id", "=", id)
    .where("role", "!=", FORM_ROLE)
    .executeTakeFirst();
  return row && toListed(row);
}

export async function isOtherRole(
  { id, role }: Pick<Person, "id" | "role">,
  db: Db = getDb(),
): Promise<boolean> {
  const person = await findListedPerson(id, db);
  return person !== undefined && person.role !== role;
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

const ofAccount = [
  "people.id",
  "people.email",
  "people.role",
  "people.locale",
  "people.theme",
  "people.password_hash",
  "people.session_version",
  "people.disabled_at",
] as const;

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
