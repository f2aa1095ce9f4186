import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/schema";
import { type Db, getDb } from "@/lib/db/client";
import { arePasswordsOn } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { lockPersonToChange } from "./lock-person";
import { createLink, endLinks, toTokenHash } from "./one-time-link";
import { hashPassword, requirePasswords, requireStrongPassword } from "./password";
import { isSetUp } from "./queries";
import type { ChangedPerson, FirstAdmin, LinkRequest, NewPerson, Role } from "./schema";

/** Null for the command line. */
type By = string | null;

/** A person without a password is invited. Returns the token of the invitation, which leads to choosing a password. */
export async function createPerson(
  { password, ...person }: NewPerson,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ token?: string }> {
  if (password !== undefined) requireStrongPassword(password, person);
  const password_hash = password === undefined ? "" : await hashPassword(password);
  return db.transaction().execute(async (tx) => {
    const id = await insertPerson({ ...person, password_hash }, tx, now);
    const isInvited = password === undefined;
    const action = isInvited ? "person_invited" : "person_added";
    await writeAudit({ person_id: by, action, subject_id: id }, tx, now);
    return isInvited && arePasswordsOn() ? { token: await createLink("invite", id, tx, now) } : {};
  });
}

/** Changes name, role and language. A new role ends the person's sessions. Throws `last_admin`. */
export async function changePerson(
  { id, ...changed }: ChangedPerson,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const person = await lockPersonToChange(id, tx);
    await recordRole(person, changed.role, { person_id: by }, tx, now);
    if (person.name !== changed.name || person.locale !== changed.locale) {
      await writeAudit({ person_id: by, action: "person_changed", subject_id: id }, tx, now);
    }
    await tx.updateTable("people").set(changed).where("id", "=", id).execute();
  });
}

/** The role of single sign-on's groups. Ends the person's sessions if it is another role. Throws `last_admin`. */
export async function followRole(id: string, role: Role, db: Db = getDb(), now = Date.now()): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await recordRole(await lockPersonToChange(id, tx), role, { person_id: id, how: "oidc" }, tx, now);
    await tx.updateTable("people").set({ role }).where("id", "=", id).execute();
  });
}

async function recordRole(
  person: PersonRow,
  role: Role,
  { person_id, how }: { person_id: By; how?: "oidc" },
  tx: Db,
  now: number,
): Promise<void> {
  if (person.role === role) return;
  if (person.isLastAdmin) throw new AppError("last_admin");
  await endSessions(person.id, tx);
  const detail = { from: person.role, to: role, how };
  await writeAudit({ person_id, action: "role_changed", subject_id: person.id, detail }, tx, now);
}

/**
 * The subject that asked at that time becomes this person at single sign-on, in place of the one before, whose sessions
 * end. Throws `not_found` when none has asked, and `changed_meanwhile` when another one has asked since.
 */
export async function linkSignOn(
  { id, askedAt }: LinkRequest,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await change(id, by, "sign_on_linked", db, now, async (tx) => {
    const request = await tx
      .selectFrom("identities")
      .select(["issuer", "subject", "asked_at"])
      .where("person_id", "=", id)
      .where("linked_at", "is", null)
      .executeTakeFirst();
    if (!request) throw new AppError("not_found");
    if (request.asked_at !== askedAt) throw new AppError("changed_meanwhile");

    const { issuer, subject } = request;
    await tx
      .deleteFrom("identities")
      .where("person_id", "=", id)
      .where("issuer", "=", issuer)
      .where("subject", "!=", subject)
      .execute();
    await tx
      .updateTable("identities")
      .set({ linked_at: now })
      .where("issuer", "=", issuer)
      .where("subject", "=", subject)
      .execute();
    await endSessions(id, tx);
  });
}

/** Ends the person's sessions and links. Throws `last_admin`. */
export async function disablePerson(id: string, by: By, db: Db = getDb(), now = Date.now()): Promise<void> {
  await change(id, by, "person_disabled", db, now, async (tx, person) => {
    if (person.isLastAdmin) throw new AppError("last_admin");
    await endSessions(id, tx);
    await endLinks(id, tx);
    await tx.updateTable("people").set({ disabled_at: now }).where("id", "=", id).execute();
  });
}

export async function enablePerson(id: string, by: By, db: Db = getDb(), now = Date.now()): Promise<void> {
  await change(id, by, "person_enabled", db, now, async (tx) => {
    await tx.updateTable("people").set({ disabled_at: null }).where("id", "=", id).execute();
  });
}

/** Returns the token of a link for choosing a new password. Sessions last until it is used. Throws `passwords_off`. */
export async function createResetLink(
  id: string,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ token: string }> {
  requirePasswords();
  return change(id, by, "reset_link_made", db, now, async (tx, person) => {
    if (person.disabled_at !== null) throw new AppError("not_found");
    const isNew = person.password_hash === "" && person.last_sign_in_at === null;
    return { token: await createLink(isNew ? "invite" : "reset", id, tx, now) };
  });
}

export async function endAllSessions(id: string, by: By, db: Db = getDb(), now = Date.now()): Promise<void> {
  await change(id, by, "sessions_ended", db, now, async (tx) => {
    await endSessions(id, tx);
  });
}

/** Creates the admin of ADMIN_EMAIL. When two processes start at once, one of them does it. */
export async function createAdminOfSettings(
  admin: { email: string; password: string | undefined },
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  if (admin.password !== undefined) requireStrongPassword(admin.password, { ...admin, name: "Admin" });
  const password_hash = admin.password === undefined ? "" : await hashPassword(admin.password);
  await db.transaction().execute(async (tx) => {
    const id = randomUUID();
    const created = await tx
      .insertInto("people")
      .values({ id, email: admin.email, name: "Admin", role: "admin", password_hash, created_at: now })
      .onConflict((conflict) => conflict.column("email").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (created) await writeAudit({ person_id: null, action: "person_added", subject_id: id }, tx, now);
  });
}

/** Returns the token of a link that creates the first admin. It works once, within 24 hours. */
export async function createSetupLink(db: Db = getDb(), now = Date.now()): Promise<string> {
  return createLink("setup", null, db, now);
}

/** Throws `link_spent` when the link is unknown, used or expired. All set-up links end with the first person. */
export async function createFirstAdmin(admin: FirstAdmin, db: Db = getDb(), now = Date.now()): Promise<void> {
  const { token, password, ...person } = admin;
  requireStrongPassword(password, person);
  await db.transaction().execute(async (tx) => {
    const spent = await tx
      .updateTable("one_time_links")
      .set({ used_at: now })
      .where("purpose", "=", "setup")
      .where("used_at", "is", null)
      .returning(["token_hash", "expires_at"])
      .execute();
    const link = spent.find((row) => row.token_hash === toTokenHash(token));
    if (!link || link.expires_at < now || (await isSetUp(tx))) throw new AppError("link_spent");

    const password_hash = await hashPassword(password);
    const id = await insertPerson({ ...person, role: "admin", password_hash }, tx, now);
    await writeAudit({ person_id: id, action: "person_added", subject_id: id }, tx, now);
  });
}

type Row = { email: string; name: string; role: Role; locale?: string; password_hash: string };

/** Throws `invalid` when the e-mail is already in use. */
export async function insertPerson(person: Row, tx: Db, now: number): Promise<string> {
  const inserted = await tx
    .insertInto("people")
    .values({ ...person, id: randomUUID(), created_at: now })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!inserted) throw new AppError("invalid", { fields: { email: "email_taken" } });
  return inserted.id;
}

/** Raising the version also ends a session that is just being created. Returns the new version. */
export async function endSessions(id: string, tx: Db, kept = ""): Promise<number> {
  const { session_version } = await tx
    .updateTable("people")
    .set((people) => ({ session_version: people("session_version", "+", 1) }))
    .where("id", "=", id)
    .returning("session_version")
    .executeTakeFirstOrThrow();
  await tx.deleteFrom("sessions").where("person_id", "=", id).where("id", "!=", kept).execute();
  return session_version;
}

type PersonRow = Awaited<ReturnType<typeof lockPersonToChange>>;

async function change<T>(
  id: string,
  by: By,
  action: AuditAction,
  db: Db,
  now: number,
  act: (tx: Db, person: PersonRow) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const result = await act(tx, await lockPersonToChange(id, tx));
    await writeAudit({ person_id: by, action, subject_id: id }, tx, now);
    return result;
  });
}
