import "server-only";
import { type Db, getDb } from "@/lib/db/client";
import { toTokenWarning } from "@/lib/domain/token-days";
import { getEnv, isPractice } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/kommo/schema";
import { unseal } from "@/lib/seal";
import type { ConnectionState } from "./schema";
import { toTokenEnd } from "./to-token-end";

const ID = "kommo";

/** Asked for every request to Kommo, so that a token replaced by an admin works from the next one on. */
export async function getConnection(db: Db = getDb()): Promise<Connection> {
  const { kommo, secret } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) return kommo.connection;
  const row = await findStored(db);
  if (row) return { baseUrl: row.base_url, token: unseal(row.token_sealed, secret, "kommo token") };
  if (kommo.connection) return kommo.connection;
  throw new AppError("not_connected");
}

/** The account's address, for links; undefined while there is none. */
export async function findKommoUrl(db: Db = getDb()): Promise<string | undefined> {
  const { kommo } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) return kommo.connection.baseUrl;
  return (await findStored(db))?.base_url ?? kommo.connection?.baseUrl;
}

/** The practice board's address while leads go to a Kommo on this machine. */
export async function findPracticeUrl(db: Db = getDb()): Promise<string | undefined> {
  const url = await findKommoUrl(db);
  return url && isPractice(url) ? url : undefined;
}

/** All but the account and what last happened to it: lib/account knows these. */
export async function findConnectionState(db: Db = getDb()): Promise<Shown | null> {
  const { kommo } = getEnv();
  const given = kommo.isOwnPractice ? undefined : kommo.connection;
  const row = given ? undefined : await findStored(db);
  const shown = row ? toStored(row) : toGiven(given ?? kommo.connection, kommo.isOwnPractice);
  return shown ?? null;
}

/** What an admin is warned of on every page; null while the token has more than 30 days. */
export async function findTokenWarning(db: Db = getDb(), now = Date.now()) {
  const { kommo } = getEnv();
  const given = kommo.isOwnPractice ? undefined : kommo.connection;
  const expiresAt = given ? toTokenEnd(given.token) : ((await findStored(db))?.expires_at ?? null);
  const days = expiresAt === null ? null : toTokenWarning(expiresAt, now);
  return expiresAt === null || days === null ? null : { days, expiresAt };
}

function findStored(db: Db) {
  return db
    .selectFrom("connections")
    .leftJoin("people", "people.id", "connections.set_by")
    .select(["base_url", "token_sealed", "last_four", "expires_at", "set_at", "people.name as setBy"])
    .where("connections.id", "=", ID)
    .executeTakeFirst();
}

type Stored = NonNullable<Awaited<ReturnType<typeof findStored>>>;
export type Shown = Omit<ConnectionState, "account" | "lastSuccess" | "lastError">;

function toStored(row: Stored): Shown {
  const { base_url, last_four, expires_at, setBy, set_at } = row;
  return {
    source: "stored",
    baseUrl: base_url,
    lastFour: last_four,
    expiresAt: expires_at,
    setBy,
    setAt: set_at,
  };
}

function toGiven(given: Connection | undefined, isOwnPractice: boolean): Shown | undefined {
  if (!given) return undefined;
  return {
    source: isOwnPractice ? "practice" : "settings",
    baseUrl: given.baseUrl,
    lastFour: given.token.slice(-4),
    expiresAt: toTokenEnd(given.token),
    setBy: null,
    setAt: null,
  };
}
