import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { lockPerson } from "@/lib/people/lock-person";
import { followRole, insertPerson } from "@/lib/people/mutations";
import { findAccount, findLinkedAccount, isSetUp } from "@/lib/people/queries";
import type { Role } from "@/lib/people/schema";
import { recordRefusal } from "./mutations";
import type { OidcProfile } from "./oidc-profile";

type Rules = {
  allowedDomain: string | undefined;
  roles: NonNullable<Env["oidc"]>["roles"];
  address: string;
};

type Refusal = "not_verified" | "not_allowed" | "disabled" | "other_subject";

/**
 * By the provider's subject: a linked person comes in whatever their e-mail is now. At the first time the e-mail says who
 * it is, or a new seller comes in from an allowed domain. Returns why not, a key of `people.sso` in messages/.
 */
export async function authoriseOidc(
  profile: OidcProfile,
  rules: Rules,
  db: Db = getDb(),
  now = Date.now(),
): Promise<Refusal | undefined> {
  const linked = await findLinkedAccount(profile, db);
  const account = linked ?? (profile.email === undefined ? undefined : await findAccount(profile.email, db));
  const refusal = await findRefusal(profile, rules, linked, account, db);
  if (refusal) {
    if (refusal === "other_subject" && account) await keepRequest(account.id, profile, db, now);
    log.warn({ reason: refusal, person: account?.id }, "single sign-on refused");
    await recordRefusal(
      account?.id ?? null,
      "sign_in_refused",
      { address: rules.address, reason: refusal },
      db,
      now,
    );
    return refusal;
  }

  const id = linked ? await followEmail(linked, profile, db, now) : await link(account?.id, profile, db, now);
  if (rules.roles) await followRole(id, toRole(profile.groups, rules.roles), db, now).catch(keepLastAdmin);
  return undefined;
}

type Account = Awaited<ReturnType<typeof findAccount>>;

async function findRefusal(
  { iss, email }: OidcProfile,
  { allowedDomain }: Rules,
  linked: Account,
  account: Account,
  db: Db,
): Promise<Refusal | undefined> {
  if (!linked && email === undefined) return "not_verified";
  const isOfDomain = allowedDomain !== undefined && email?.endsWith(`@${allowedDomain}`);
  if (allowedDomain !== undefined && email !== undefined && !isOfDomain) return "not_allowed";
  if (account && account.disabled_at !== null) return "disabled";
  if (linked) return undefined;
  // Somebody else may have the address now.
  if (account) return (await isLinked(account.id, iss, db)) ? "other_subject" : undefined;
  // A new person before the first admin would invalidate the link that creates the admin account.
  return isOfDomain && (await isSetUp(db)) ? undefined : "not_allowed";
}

async function isLinked(person_id: string, issuer: string, db: Db): Promise<boolean> {
  const found = await db
    .selectFrom("identities")
    .select("subject")
    .where("person_id", "=", person_id)
    .where("issuer", "=", issuer)
    .where("linked_at", "is not", null)
    .executeTakeFirst();
  return found !== undefined;
}

/** An admin sees the last one that asked, and may link it. A subject asks for one person at a time: the last. */
async function keepRequest(person_id: string, { iss, sub }: OidcProfile, db: Db, now: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    await tx
      .deleteFrom("identities")
      .where("person_id", "=", person_id)
      .where("linked_at", "is", null)
      .where((is) => is.or([is("issuer", "!=", iss), is("subject", "!=", sub)]))
      .execute();
    await tx
      .insertInto("identities")
      .values({ issuer: iss, subject: sub, person_id, asked_at: now, linked_at: null })
      .onConflict((conflict) =>
        conflict
          .columns(["issuer", "subject"])
          .doUpdateSet({ person_id, asked_at: now })
          .where("identities.linked_at", "is", null)
          .where("identities.person_id", "!=", person_id),
      )
      .execute();
  });
}

/** Links a person of ours, or a new seller. Returns their id. */
async function link(known: string | undefined, profile: OidcProfile, db: Db, now: number): Promise<string> {
  const { iss, sub, email = "", name = email } = profile;
  return db.transaction().execute(async (tx) => {
    const id = known ?? (await insertPerson({ email, name, role: "seller", password_hash: "" }, tx, now));
    if (known === undefined) {
      await writeAudit({ person_id: id, action: "person_added", subject_id: id }, tx, now);
    }
    await lockPerson(id, tx);
    await tx
      .insertInto("identities")
      .values({ issuer: iss, subject: sub, person_id: id, asked_at: now, linked_at: now })
      // It asked for another person before its own address came to be ours.
      .onConflict((conflict) =>
        conflict.columns(["issuer", "subject"]).doUpdateSet({ person_id: id, linked_at: now }),
      )
      .execute();
    await writeAudit({ person_id: id, action: "sign_on_linked", subject_id: id }, tx, now);
    return id;
  });
}

/** The provider's e-mail becomes ours, unless another person has it. Returns the person's id. */
async function followEmail(
  account: NonNullable<Account>,
  { email }: OidcProfile,
  db: Db,
  now: number,
): Promise<string> {
  if (email === undefined || email === account.email || (await findAccount(email, db))) return account.id;
  await db.transaction().execute(async (tx) => {
    await tx.updateTable("people").set({ email }).where("id", "=", account.id).execute();
    await writeAudit({ person_id: account.id, action: "email_changed", subject_id: account.id }, tx, now);
  });
  return account.id;
}

function toRole(groups: string[], { admin, head }: NonNullable<Rules["roles"]>): Role {
  if (groups.includes(admin)) return "admin";
  return groups.includes(head) ? "head" : "seller";
}

function keepLastAdmin(error: unknown): void {
  if (!(error instanceof AppError && error.code === "last_admin")) throw error;
  log.warn("The role claim would leave no admin: the last one stays");
}
