import "server-only";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { z } from "zod";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { Person } from "@/lib/people/schema";
import { addFactor, type Owner, removeFactor } from "./mutations";
import type { NewPasskey, PasskeyAnswer, RenamedPasskey } from "./schema";

const NAME = "Lead Desk";
// EdDSA, ES256 and RS256: what keys, telephones and Windows have.
const ALGORITHMS = [-8, -7, -257];
const transportsSchema = z.array(z.string());

// Its parsers of certificates are large, and few sign-ins need them.
const loadWebAuthn = () => import("@simplewebauthn/server");

/** What the browser makes a new passkey from. The session keeps the challenge. */
export async function startPasskey(
  { id, email, name }: Person,
  session: string,
  db: Db = getDb(),
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await loadWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: toHost(),
    userID: new TextEncoder().encode(id),
    userName: email,
    userDisplayName: name,
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: await listCredentials(id, db),
    authenticatorSelection: { residentKey: "discouraged", userVerification: "preferred" },
  });
  await keepChallenge(session, options.challenge, db);
  return options;
}

/** Throws `invalid` for an answer that is not to the session's challenge. Returns the recovery codes of a first factor. */
export async function addPasskey(
  { name, answer }: NewPasskey,
  owner: Owner,
  db: Db = getDb(),
  now = Date.now(),
): Promise<{ codes: string[] }> {
  const { verifyRegistrationResponse } = await loadWebAuthn();
  const expectedChallenge = await takeChallenge(owner.session, db);
  const verified = await verifyRegistrationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge,
    expectedOrigin: getEnv().appUrl,
    expectedRPID: toHost(),
    supportedAlgorithmIDs: ALGORITHMS,
    requireUserVerification: false,
  }).catch(refuse);
  if (!verified?.verified) throw new AppError("invalid", { fields: { passkey: "passkey_refused" } });

  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return addFactor(owner, "passkey", db, now, async (tx) => {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("passkeys")
      .values({
        id,
        person_id: owner.id,
        name,
        public_key: Buffer.from(publicKey).toString("base64url"),
        counter,
        transports: JSON.stringify(transports),
        added_at: now,
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) throw new AppError("changed_meanwhile");
  });
}

/** What the browser signs with one of the person's passkeys. */
export async function askForPasskey(
  person_id: string,
  session: string,
  db: Db = getDb(),
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await loadWebAuthn();
  const options = await generateAuthenticationOptions({
    rpID: toHost(),
    allowCredentials: await listCredentials(person_id, db),
    userVerification: "preferred",
  });
  await keepChallenge(session, options.challenge, db);
  return options;
}

/** Whether one of the person's passkeys has signed the session's challenge. A challenge is asked about once. */
export async function isPasskeyAnswer(
  answer: PasskeyAnswer,
  { id: person_id, session }: Owner,
  db: Db = getDb(),
  now = Date.now(),
): Promise<boolean> {
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  const expectedChallenge = await takeChallenge(session, db);
  const passkey = await db
    .selectFrom("passkeys")
    .select(["id", "public_key", "counter"])
    .where("id", "=", answer.id)
    .where("person_id", "=", person_id)
    .executeTakeFirst();
  if (!passkey) return false;

  const { id, public_key, counter } = passkey;
  const response: AuthenticationResponseJSON = { ...answer, clientExtensionResults: {} };
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: getEnv().appUrl,
    expectedRPID: toHost(),
    credential: { id, publicKey: new Uint8Array(Buffer.from(public_key, "base64url")), counter },
    requireUserVerification: false,
  }).catch(refuse);
  if (!verified?.verified) return false;

  const { numUpdatedRows } = await db
    .updateTable("passkeys")
    .set({ counter: verified.authenticationInfo.newCounter, used_at: now })
    .where("id", "=", id)
    .where("person_id", "=", person_id)
    .where("counter", "=", counter)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Throws `changed_meanwhile` for one that is not this person's, or no longer. */
export async function renamePasskey(
  { id, name }: RenamedPasskey,
  person_id: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("passkeys")
      .set({ name })
      .where("id", "=", id)
      .where("person_id", "=", person_id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError("changed_meanwhile");
    await writeAudit({ person_id, action: "passkey_renamed", subject_id: person_id }, tx, now);
  });
}

/** Throws `factor_needed` for the last factor of a person who has to have one. */
export async function removePasskey(
  id: string,
  person: Person,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  await removeFactor(person, "passkey", db, now, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom("passkeys")
      .where("id", "=", id)
      .where("person_id", "=", person.id)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new AppError("changed_meanwhile");
  });
}

async function listCredentials(person_id: string, db: Db) {
  const rows = await db
    .selectFrom("passkeys")
    .select(["id", "transports"])
    .where("person_id", "=", person_id)
    .execute();
  return rows.map(({ id, transports }) => ({
    id,
    transports: transportsSchema.parse(JSON.parse(transports)),
  }));
}

async function keepChallenge(session: string, challenge: string, db: Db): Promise<void> {
  await db.updateTable("sessions").set({ challenge }).where("id", "=", session).execute();
}

/** Of two answers to one challenge, one finds it. */
async function takeChallenge(session: string, db: Db): Promise<string> {
  const row = await db
    .selectFrom("sessions")
    .select("challenge")
    .where("id", "=", session)
    .executeTakeFirst();
  const challenge = row?.challenge;
  if (!challenge) throw new AppError("invalid", { fields: { passkey: "passkey_refused" } });
  const { numUpdatedRows } = await db
    .updateTable("sessions")
    .set({ challenge: null })
    .where("id", "=", session)
    .where("challenge", "=", challenge)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError("invalid", { fields: { passkey: "passkey_refused" } });
  return challenge;
}

/** The library throws for everything that it does not accept; its message names the reason and nothing personal. */
function refuse(error: unknown): undefined {
  log.warn({ reason: error instanceof Error ? error.name : "unknown" }, "a passkey was refused");
}

function toHost(): string {
  return new URL(getEnv().appUrl).hostname;
}
