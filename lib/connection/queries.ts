import "server-only";
import { tellTime } from "@/lib/clock";
import { type Db, getDb } from "@/lib/db/client";
import { toTokenWarning } from "@/lib/domain/token-days";
import { getEnv, isPractice, OAUTH_PATH } from "@/lib/env";
import { AppError, errorKinds, isErrorCode, keepForeseen } from "@/lib/errors";
import type { Connection, Recoverable } from "@/lib/kommo/schema";
import { unseal } from "@/lib/seal";
import { findGrant } from "./find-grant";
import { findKeptIntegration, type Kept } from "./kept-integration";
import { recoverGrant } from "./recover-grant";
import {
  type ConnectionState,
  type GrantState,
  type KeptShown,
  type OauthSetUp,
  scopesSchema,
  toTyped,
} from "./schema";
import { RENEWED_AFTER, toTokenEnd } from "./to-token-end";

const ID = "kommo";

/** Asked for every request to Kommo, so that a token replaced by an admin works from the next one on. */
export async function getConnection(db: Db = getDb(), now: () => number = tellTime): Promise<Connection> {
  const { kommo, secret } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) return kommo.connection;
  const row = await findStored(db);
  if (row) {
    const token = unseal(row.token_sealed, secret, "kommo token");
    const connection = { baseUrl: row.base_url, token, setAt: row.set_at };
    const isGranted = row.refresh_sealed !== null;
    const recover = (refused: Connection, code: Recoverable) => recoverGrant(refused, code, { db, now });
    return isGranted ? { ...connection, recover } : connection;
  }
  if (kommo.connection) return kommo.connection;
  throw new AppError("not_connected");
}

/** The account's address, for links; undefined while there is none. */
export async function findKommoUrl(db: Db = getDb()): Promise<string | undefined> {
  const { kommo } = getEnv();
  if (kommo.connection && !kommo.isOwnPractice) return kommo.connection.baseUrl;
  return (await findStored(db))?.base_url ?? kommo.connection?.baseUrl ?? kommo.address;
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

/** What the page needs for the ways of OAuth. */
export async function findOauthSetUp(db: Db = getDb()): Promise<OauthSetUp> {
  const { kommo, appUrl } = getEnv();
  const { integration, address } = kommo;
  const known = integration ? undefined : await findGrant(db).catch(keepForeseen);
  // One whose secret can no longer be read is not known: its keys are asked for again.
  const knownId = known instanceof AppError ? undefined : known?.integration.clientId;
  const kept = await findKeptIntegration(db);
  return {
    redirectUri: integration?.redirectUri ?? `${appUrl}${OAUTH_PATH}`,
    hookUrl: `${appUrl}/api/kommo/disabled`,
    clientId: integration?.clientId ?? knownId ?? null,
    kept: kept ? toKeptShown(kept) : null,
    isOfSettings: integration !== undefined,
    subdomain: address ? toTyped(address) : "",
  };
}

function toKeptShown({ clientId, clientSecret, redirectUri, accountUrl }: Kept): KeptShown {
  return {
    clientId,
    redirectUri,
    hasSecret: clientSecret !== undefined,
    subdomain: accountUrl === null ? "" : toTyped(accountUrl),
  };
}

const OTHER_RESULTS: readonly string[] = ["connected", "signed_out", "failed"];

/**
 * How the way to Kommo's page and back has ended, as the address of our page says; undefined for what is no code of ours, as
 * anybody can write an address.
 */
export function toOauthResult(code: unknown): string | undefined {
  if (typeof code !== "string") return undefined;
  return OTHER_RESULTS.includes(code) || isErrorCode(code) ? code : undefined;
}

/** What an admin is warned of on every page; null while the token has more than 30 days, or is renewed by itself. */
export async function findTokenWarning(db: Db = getDb(), now = Date.now()) {
  const { kommo } = getEnv();
  const given = kommo.isOwnPractice ? undefined : kommo.connection;
  const expiresAt = given ? toTokenEnd(given.token) : toStoredEnd(await findStored(db));
  const days = expiresAt === null ? null : toTokenWarning(expiresAt, now);
  return expiresAt === null || days === null ? null : { days, expiresAt };
}

/** The end of a long-lived token, or of one that can no longer be renewed without a person. */
function toStoredEnd(row: Stored | undefined): number | null {
  const { renewed_at: from, renew_at: to, problem = null } = row ?? {};
  const isDead =
    isErrorCode(problem) && errorKinds[problem] === "connection" && problem !== "account_missing";
  if (!isDead || from === null || from === undefined || !to) return row?.expires_at ?? null;
  return from + Math.round((to - from) / RENEWED_AFTER);
}

function findStored(db: Db) {
  return db
    .selectFrom("connections")
    .leftJoin("people", "people.id", "connections.set_by")
    .leftJoin("grants", "grants.id", "connections.id")
    .select(["base_url", "token_sealed", "last_four", "expires_at", "set_at", "people.name as setBy"])
    .select([
      "refresh_sealed",
      "grants.problem",
      "renew_at",
      "client_id",
      "redirect_uri",
      "way",
      "renewed_at",
      "scopes",
      "clock_ahead_ms",
    ])
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
    grant: toGrantState(row),
  };
}

function toGrantState(row: Stored): GrantState | null {
  const { client_id: clientId, redirect_uri: redirectUri, renewed_at: renewedAt } = row;
  if (clientId === null || redirectUri === null || renewedAt === null) return null;
  return {
    clientId,
    redirectUri,
    way: row.way === "redirect" ? "redirect" : "code",
    renewedAt,
    scopes: row.scopes === null ? null : scopesSchema.parse(JSON.parse(row.scopes)),
    clockAheadMs: row.clock_ahead_ms,
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
    grant: null,
  };
}
