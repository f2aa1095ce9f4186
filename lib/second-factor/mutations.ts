import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { lockPerson, lockPersonToChange } from "@/lib/people/lock-person";
import { endSessions } from "@/lib/people/mutations";
import { hashPassword, isPassword } from "@/lib/people/password";
import type { Person } from "@/lib/people/schema";
import { seal, unseal } from "@/lib/seal";
import { getFactorRules, getFactors, isProtected, isRequired, SIGN_ON_RULE } from "./queries";
import { createRecoveryCodes, toRecoveryCode } from "./recovery-codes";
import type { ConfirmedTotp, FactorRules, TotpSheet } from "./schema";
import { toTotpSheet } from "./to-totp-sheet";
import { createTotpSecret, findTotpStep } from "./totp";

const SEALED_AS = "totp secret";

const BEGUN_AS = "begun totp secret";
const CONFIRM_MS = 30 * 60 * 1000;
const begunSchema = z.object({ person: z.string(), secret: z.string(), at: z.number() });

/** A new secret. The browser keeps it sealed until its first code, so that an app that is in use counts until then. */
export function startTotp({ id, email }: Pick<Person, "id" | "email">, now = Date.now()): TotpSheet {
  const secret = createTotpSecret();
  const begun = { person: id, secret: secret.toString("base64"), at: now };
  return { ...toTotpSheet(secret, email), begun: seal(JSON.stringify(begun), getEnv().secret, BEGUN_AS) };
}

/** Whose factor it is, and the session in which it is set up. */
export type Owner = { id: string; session: string };

/**
 * The first code proves that the app has the secret, which takes the place of the one before. Returns the recovery codes, if
 * it is the person's first factor. Throws `changed_meanwhile` for a secret that was begun too long ago.
 */
export async function confirmTotp(
  { code, begun }: ConfirmedTotp,
  owner: Owner,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ codes: string[] }> {
  const secret = toBegunSecret(begun, owner.id, now);
  const last_step = findTotpStep(secret, withoutSpaces(code), now);
  if (last_step === undefined) throw new AppError("invalid", { fields: { code: "code_wrong" } });

  const secret_sealed = seal(secret.toString("base64"), getEnv().secret, SEALED_AS);
  const confirmed = { secret_sealed, confirmed_at: now, last_step };
  return addFactor(owner, "totp", db, now, async (tx) => {
    await tx
      .insertInto("authenticators")
      .values({ person_id: owner.id, ...confirmed })
      .onConflict((conflict) => conflict.column("person_id").doUpdateSet(confirmed))
      .execute();
  });
}

/**
 * The first factor of a person comes with recovery codes, which are returned. A session that waited for it is open then,
 * and the person's others end. Throws `signed_out` when the session has ended, and `changed_meanwhile` when it waits to set
 * up what its person has by now: the password alone must not add a factor beside another.
 */
export async function addFactor(
  { id: person_id, session }: Owner,
  how: "totp" | "passkey",
  db: Db,
  now: number,
  add: (tx: Db) => Promise<void>,
): Promise<{ codes: string[] }> {
  const fresh = isProtected(await getFactors(person_id, db)) ? undefined : await prepareCodes();
  return db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    const own = await tx
      .selectFrom("sessions")
      .select("waits_for")
      .where("id", "=", session)
      .where("person_id", "=", person_id)
      .executeTakeFirst();
    if (!own) throw new AppError("signed_out");
    const isFirst = !isProtected(await getFactors(person_id, tx));
    const isOpening = own.waits_for === "set_up";
    if (isFirst ? !fresh : isOpening) throw new AppError("changed_meanwhile");

    await add(tx);
    await writeAudit({ person_id, action: "factor_added", subject_id: person_id, detail: { how } }, tx, now);
    if (isOpening)
      await tx.updateTable("sessions").set({ waits_for: null }).where("id", "=", session).execute();
    const others = tx.deleteFrom("sessions").where("person_id", "=", person_id).where("id", "!=", session);
    await (isFirst ? others : others.where("waits_for", "is not", null)).execute();
    if (!isFirst || !fresh) return { codes: [] };
    await replaceCodes(person_id, fresh, tx);
    return { codes: fresh.shown };
  });
}

/** Ten new codes in place of those that are left. Throws `changed_meanwhile` for a person without a factor. */
export async function renewCodes(
  person_id: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ codes: string[] }> {
  const fresh = await prepareCodes();
  await db.transaction().execute(async (tx) => {
    await lockPerson(person_id, tx);
    if (!isProtected(await getFactors(person_id, tx))) throw new AppError("changed_meanwhile");
    await replaceCodes(person_id, fresh, tx);
    await writeAudit({ person_id, action: "recovery_codes_made", subject_id: person_id }, tx, now);
  });
  return { codes: fresh.shown };
}

/** Throws `factor_needed` for the last factor of a person who has to have one. */
export async function removeTotp(person: Person, db: Db = getDb(), now = Date.now()): Promise<void> {
  await removeFactor(person, "totp", db, now, async (tx) => {
    await tx.deleteFrom("authenticators").where("person_id", "=", person.id).execute();
  });
}

/** The recovery codes go with the last factor. */
export async function removeFactor(
  { id, role }: Person,
  how: "totp" | "passkey",
  db: Db,
  now: number,
  remove: (tx: Db) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPerson(id, tx);
    await remove(tx);
    const isLast = !isProtected(await getFactors(id, tx));
    if (isLast && isRequired(role, await getFactorRules(tx))) throw new AppError("factor_needed");
    if (isLast) await tx.deleteFrom("recovery_codes").where("person_id", "=", id).execute();
    await writeAudit({ person_id: id, action: "factor_removed", subject_id: id, detail: { how } }, tx, now);
  });
}

/** Removes every factor of a person who has lost them, and ends their sessions. `by` is null for the command line. */
export async function resetFactors(
  id: string,
  by: string | null,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockPersonToChange(id, tx);
    for (const table of ["authenticators", "recovery_codes", "passkeys"] as const) {
      await tx.deleteFrom(table).where("person_id", "=", id).execute();
    }
    await endSessions(id, tx);
    await writeAudit({ person_id: by, action: "factor_reset", subject_id: id }, tx, now);
  });
}

/** They count from the next sign-in on. */
export async function saveFactorRules(
  { roles, afterSignOn }: FactorRules,
  by: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const whom = [...new Set<string>(roles), ...(afterSignOn ? [SIGN_ON_RULE] : [])];
  await db.transaction().execute(async (tx) => {
    // Locks the admins, so that of two who save at once one comes after the other.
    await lockPersonToChange(by, tx);
    await tx.deleteFrom("factor_rules").execute();
    for (const one of whom) await tx.insertInto("factor_rules").values({ whom: one }).execute();
    const detail = { required: [...new Set(roles)].join(), afterSignOn };
    await writeAudit({ person_id: by, action: "factor_rules_changed", detail }, tx, now);
  });
}

/**
 * Uses up a code of the app or a recovery code: each is accepted once. Undefined for a wrong one. `codesLeft` after a
 * recovery code.
 */
export async function spendCode(
  person_id: string,
  typed: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ codesLeft?: number } | undefined> {
  const code = withoutSpaces(typed);
  if (/^\d{6}$/.test(code)) return (await spendTotp(person_id, code, db, now)) ? {} : undefined;
  const recovery = toRecoveryCode(typed);
  return recovery === undefined ? undefined : spendRecoveryCode(person_id, recovery, db, now);
}

/** The guard on the step is in the statement, so that of two requests with one code only one is accepted. */
async function spendTotp(person_id: string, code: string, db: Db, now: number): Promise<boolean> {
  const totp = await db
    .selectFrom("authenticators")
    .select("secret_sealed")
    .where("person_id", "=", person_id)
    .executeTakeFirst();
  const step = totp && findTotpStep(toSecret(totp.secret_sealed), code, now);
  if (!totp || step === undefined) return false;
  const { numUpdatedRows } = await db
    .updateTable("authenticators")
    .set({ last_step: step })
    .where("person_id", "=", person_id)
    .where("secret_sealed", "=", totp.secret_sealed)
    .where("last_step", "<", step)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function spendRecoveryCode(person_id: string, code: string, db: Db, now: number) {
  const rows = await db
    .selectFrom("recovery_codes")
    .select(["id", "code_hash"])
    .where("person_id", "=", person_id)
    .execute();
  for (const { id, code_hash } of rows) {
    if (!(await isPassword(code, code_hash))) continue;
    return db.transaction().execute(async (tx) => {
      const { numDeletedRows } = await tx
        .deleteFrom("recovery_codes")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return undefined;
      const { codesLeft } = await getFactors(person_id, tx);
      const detail = { count: codesLeft };
      await writeAudit({ person_id, action: "recovery_code_used", subject_id: person_id, detail }, tx, now);
      return { codesLeft };
    });
  }
  return undefined;
}

type PreparedCodes = { shown: string[]; hashes: string[] };

/** Before the transaction, as hashing takes long; one by one, as each takes 19 MB. */
async function prepareCodes(): Promise<PreparedCodes> {
  const shown = createRecoveryCodes();
  const hashes: string[] = [];
  for (const code of shown) hashes.push(await hashPassword(code.replace("-", "")));
  return { shown, hashes };
}

async function replaceCodes(person_id: string, { hashes }: PreparedCodes, tx: Db): Promise<void> {
  await tx.deleteFrom("recovery_codes").where("person_id", "=", person_id).execute();
  const rows = hashes.map((code_hash) => ({ id: randomUUID(), person_id, code_hash }));
  await tx.insertInto("recovery_codes").values(rows).execute();
}

function toBegunSecret(begun: string, person_id: string, now: number): Buffer {
  const { person, secret, at } = begunSchema.parse(JSON.parse(openBegun(begun)));
  if (person !== person_id || at < now - CONFIRM_MS) throw new AppError("changed_meanwhile");
  return Buffer.from(secret, "base64");
}

function openBegun(begun: string): string {
  try {
    return unseal(begun, getEnv().secret, BEGUN_AS);
  } catch (cause) {
    throw new AppError("changed_meanwhile", { cause });
  }
}

function toSecret(sealed: string): Buffer {
  return Buffer.from(unseal(sealed, getEnv().secret, SEALED_AS), "base64");
}

function withoutSpaces(typed: string): string {
  return typed.replaceAll(/\s/g, "");
}
