import "server-only";
import { randomUUID } from "node:crypto";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { newToken, toTokenHash } from "./one-time-token";
import { hashPassword } from "./password";
import type { FirstAdmin, Role } from "./schema";

const SETUP_LINK_MS = 24 * 60 * 60 * 1000;

type NewPerson = { email: string; name: string; password: string; role: Role };

export async function createPerson(person: NewPerson, db: Db = getDb(), now = Date.now()): Promise<void> {
  const { password, ...rest } = person;
  const password_hash = await hashPassword(password);
  await db
    .insertInto("people")
    .values({ ...rest, id: randomUUID(), password_hash, created_at: now })
    .execute();
}

/** The admin of ADMIN_EMAIL; of two processes that start at once, one makes it. */
export async function createAdminOfSettings(
  admin: { email: string; password: string },
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const password_hash = await hashPassword(admin.password);
  await db
    .insertInto("people")
    .values({
      id: randomUUID(),
      email: admin.email,
      name: "Admin",
      role: "admin",
      password_hash,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("email").doNothing())
    .execute();
}

/** Returns the token of a link that makes the first admin: once, within 24 hours. */
export async function createSetupLink(db: Db = getDb(), now = Date.now()): Promise<string> {
  const { token, tokenHash } = newToken();
  await db
    .insertInto("one_time_links")
    .values({ token_hash: tokenHash, purpose: "setup", expires_at: now + SETUP_LINK_MS })
    .execute();
  return token;
}

/** Throws `link_spent` when the link is unknown, used or older than a day. All set-up links end with the first person. */
export async function createFirstAdmin(admin: FirstAdmin, db: Db = getDb(), now = Date.now()): Promise<void> {
  const { token, ...person } = admin;
  await db.transaction().execute(async (tx) => {
    const spent = await tx
      .updateTable("one_time_links")
      .set({ used_at: now })
      .where("purpose", "=", "setup")
      .where("used_at", "is", null)
      .returning(["token_hash", "expires_at"])
      .execute();
    const link = spent.find((row) => row.token_hash === toTokenHash(token));
    const somebody = await tx.selectFrom("people").select("id").limit(1).executeTakeFirst();
    if (!link || link.expires_at < now || somebody) throw new AppError("link_spent");

    await createPerson({ ...person, role: "admin" }, tx, now);
  });
}
