import "server-only";
import { randomUUID } from "node:crypto";
import { writeAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/schema";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { lockPersonToChange } from "./lock-person";
import { createLink, endLinks, toTokenHash } from "./one-time-link";
import { hashPassword } from "./password";
import type { ChangedPerson, FirstAdmin, NewPerson, Role } from "./schema";

/** Null for the command line. */
type By = string | null;

/** A person without a password is invited. Returns the token of the invitation. */
export async function createPerson(
  { password, ...person }: NewPerson,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ token?: string }> {
  const password_hash = password === undefined ? "" : await hashPassword(password);
  return db.transaction().execute(async (tx) => {
    const id = await insertPerson({ ...person, password_hash }, tx, now);
    const isInvited = password === undefined;
    const action = isInvited ? "person_invited" : "person_added";
    await writeAudit({ person_id: by, action, subject_id: id }, tx, now);
    return isInvited ? { token: await createLink("invite", id, tx, now) } : {};
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
    if (person.role !== changed.role) {
      if (person.isLastAdmin) throw new AppError("last_admin");
      await endSessions(id, tx);
      const detail = JSON.stringify({ from: person.role, to: changed.role });
      await writeAudit({ person_id: by, action: "role_changed", subject_id: id, detail }, tx, now);
    }
    if (person.name !== changed.name || person.locale !== changed.locale) {
      await writeAudit({ person_id: by, action: "person_changed", subject_id: id }, tx, now);
    }
    await tx.updateTable("people").set(changed).where("id", "=", id).execute();
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

/** Returns the token of a link for choosing a new password. Sessions last until it is used. */
export async function createResetLink(
  id: string,
  by: By,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ token: string }> {
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
  admin: { email: string; password: string },
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const password_hash = await hashPassword(admin.password);
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
  await db.transaction().execute(async (tx) => {
    const spent = await tx
      .updateTable("one_time_links")
      .set({ used_at: now })
      .where("purpose", "=", "setup")
      .where("used_at", "is", null)
      .returning(["token_hash", "expires_at"])
      .execute();
    const link = spent.find((row) => row.token_hash === toTokenHash(token));
    const existing = await tx.selectFrom("people").select("id").limit(1).executeTakeFirst();
    if (!link || link.expires_at < now || existing) throw new AppError("link_spent");

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
