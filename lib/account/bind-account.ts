import "server-only";
import { createHash } from "node:crypto";
import { tellTime } from "@/lib/clock";
import { lockConnection, lockInForce } from "@/lib/connection/lock-in-force";
import { getConnection } from "@/lib/connection/queries";
import { type Db, getDb } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { forgetLookUps } from "@/lib/known-clients/mutations";
import { getAccount } from "@/lib/kommo/catalogue";
import type { Network } from "@/lib/kommo/client";
import type { Connection } from "@/lib/kommo/schema";
import { adjustToAnswer } from "@/lib/queue/adjust-to-answer";
import { toLeaving } from "@/lib/rate-limit/take-slot";
import { forgetCatalogue } from "./mutations";

/**
 * Ties the database to the account that its leads are in, and remembers by which connection it was reached. While no lead
 * has left, another account may take its place, of which nothing is known yet; afterwards throws `other_account`. Called in
 * a transaction: a lead that is about to leave waits for it, or is seen here.
 */
export async function bindAccount(
  accountId: number,
  connection: Connection,
  db: Db = getDb(),
): Promise<void> {
  await lockConnection(db);
  const { account_id } = await findBound(db);
  if (account_id !== null && account_id !== accountId && (await hasSentLeads(db))) {
    throw new AppError("other_account");
  }
  if (account_id !== null && account_id !== accountId) {
    await forgetCatalogue(db);
    await forgetLookUps(db);
    // The other account counts from elsewhere.
    await db.updateTable("sender").set({ last_lead_id: 0 }).execute();
  }
  await db
    .updateTable("sender")
    .set({ account_id: accountId, account_mark: toMark(connection) })
    .execute();
}

/**
 * Asks which account the connection opens, ties it, and answers the connection. Where an admin has replaced it before the
 * answer came, the new one is asked. Throws as callKommo does, and `other_account`.
 */
export async function verifyAccount(
  db: Db = getDb(),
  now: () => number = tellTime,
  network?: Network,
): Promise<Connection> {
  for (;;) {
    const connection = await getConnection(db, now);
    const { id } = await getAccount({ ...toLeaving(db, now, network), connection });
    const isBound = await db.transaction().execute(async (tx) => {
      if (!(await lockInForce(connection, tx))) return false;
      await bindAccount(id, connection, tx);
      return true;
    });
    if (isBound) return connection;
  }
}

/**
 * Asked before anything is claimed: false, and the queue halts, when there is no connection that can be used, or it was
 * changed and opens another account than the one that our leads are in.
 */
export async function isConnected(db: Db = getDb(), now: () => number = tellTime): Promise<boolean> {
  try {
    await requireBoundConnection(db, now);
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "connection") throw error;
    await adjustToAnswer(error, undefined, db, now());
    return false;
  }
}

/** The connection, once it is known to open the account that our leads are in. Throws as verifyAccount does. */
export async function requireBoundConnection(
  db: Db,
  now: () => number,
  network?: Network,
): Promise<Connection> {
  const connection = await getConnection(db, now);
  const { account_id, account_mark } = await findBound(db);
  const isKnown = account_id === null || account_mark === toMark(connection);
  return isKnown ? connection : verifyAccount(db, now, network);
}

function findBound(db: Db) {
  return db.selectFrom("sender").select(["account_id", "account_mark"]).executeTakeFirstOrThrow();
}

/** Also one that has never left, and that a person has found there. */
async function hasSentLeads(db: Db): Promise<boolean> {
  const sent = await db
    .selectFrom("leads")
    .select("id")
    .where((eb) => eb.or([eb("sent_at", "is not", null), eb("kommo_lead_id", "is not", null)]))
    .limit(1)
    .executeTakeFirst();
  return sent !== undefined;
}

/** Tells one connection from another without keeping the token. */
function toMark({ baseUrl, token }: Connection): string {
  return createHash("sha256").update(`${baseUrl}\n${token}`).digest("hex");
}
