import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { isPractice } from "@/lib/env";
import { AppError, type ErrorCode } from "@/lib/errors";
import { findHost, type GrantOptions, refreshTokens } from "@/lib/kommo/oauth";
import { toRetryAfterSeconds } from "@/lib/kommo/problem";
import type { Connection, Tokens } from "@/lib/kommo/schema";
import { findGrant, findLongLived, type Grant } from "./find-grant";
import { saveMove, saveRenewal } from "./mutations";
import { toAccountUrl } from "./to-account-url";

export type Asking = GrantOptions & { db: Db; now: () => number };

const PAUSES_MS = [250, 1000];
const SAVED_AGAIN_MS = [250, 1000, 4000];
/** What may only mean that the account has another address by now (docs/kommo-api.md §7.3). */
const MAYBE_MOVED: readonly ErrorCode[] = ["token_refused", "account_missing", "grant_revoked"];

/** What Kommo has answered and the database has not taken yet: the old pair is dead, so this one must not be forgotten. */
const unsaved = new Map<string, { baseUrl: string; tokens: Tokens }>();

/**
 * Exchanges the refresh token for the next pair and stores it. An answer that was cut off is asked for again with the same
 * token: it still works unless Kommo has exchanged it already. Where Kommo does not know the token or the account, the
 * shared host is asked once where the account is today.
 */
export async function renewPair(grant: Grant, asking: Asking): Promise<Connection> {
  const { refreshSealed } = grant;
  const renewed = unsaved.get(refreshSealed) ?? (await askForPair(grant, asking));
  unsaved.set(refreshSealed, renewed);
  const isSaved = await savePatiently({ ...renewed, refreshSealed }, asking);
  unsaved.delete(refreshSealed);
  if (isSaved) return { baseUrl: renewed.baseUrl, token: renewed.tokens.accessToken };
  // An admin has connected anew meanwhile.
  const newer = (await findGrant(asking.db))?.connection ?? (await findLongLived(asking.db));
  if (!newer) throw new AppError("token_refused");
  return newer;
}

/** A database that is away for a moment must not cost the connection. */
async function savePatiently(
  renewed: Parameters<typeof saveRenewal>[0],
  { db, now }: Asking,
): Promise<boolean> {
  for (const pauseMs of SAVED_AGAIN_MS) {
    try {
      return await saveRenewal(renewed, db, now());
    } catch {
      await sleep(pauseMs);
    }
  }
  return saveRenewal(renewed, db, now());
}

async function askForPair(grant: Grant, asking: Asking): Promise<{ baseUrl: string; tokens: Tokens }> {
  const { baseUrl } = grant.connection;
  try {
    return { baseUrl, tokens: await refreshPatiently(baseUrl, grant, asking) };
  } catch (error) {
    if (!(error instanceof AppError) || !MAYBE_MOVED.includes(error.code)) throw error;
    const moved = await findMove(grant, asking);
    if (moved) return { baseUrl: moved, tokens: await refreshPatiently(moved, grant, asking) };
    throw error.code === "token_refused" ? new AppError("grant_revoked", { cause: error }) : error;
  }
}

async function refreshPatiently(baseUrl: string, grant: Grant, asking: Asking): Promise<Tokens> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await refreshTokens(baseUrl, grant.integration, grant.refreshToken, asking);
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(pauseMs);
    }
  }
  return refreshTokens(baseUrl, grant.integration, grant.refreshToken, asking);
}

/** Also a refusal in an unknown shape, as its cause may have been an error of Kommo. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  const { kind } = error.cause instanceof AppError ? error.cause : error;
  return kind === "temporary" && toRetryAfterSeconds(error) === 0;
}

/** The same tokens at the address to which the account has moved. Throws `account_missing` where it has not. */
export async function moveGrant(grant: Grant, asking: Asking): Promise<Connection> {
  const baseUrl = await findMove(grant, asking);
  if (!baseUrl) throw new AppError("account_missing");
  await saveMove(baseUrl, grant.refreshSealed, asking.db);
  return { ...grant.connection, baseUrl };
}

/** The account's address of today, if it is another one; an address of a foreign account or host counts as none. */
async function findMove(
  { apiUrl, connection, refreshToken }: Grant,
  asking: Asking,
): Promise<string | undefined> {
  if (!apiUrl) return undefined;
  const found = await findHost(apiUrl, refreshToken, asking).catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  if (!found || !(await isOwnAccount(found.id, asking.db))) return undefined;
  const baseUrl = toAccountUrl(found.domain, isPractice(connection.baseUrl) ? connection.baseUrl : null);
  return baseUrl === connection.baseUrl ? undefined : baseUrl;
}

async function isOwnAccount(id: number, db: Db): Promise<boolean> {
  const { account_id } = await db.selectFrom("sender").select("account_id").executeTakeFirstOrThrow();
  return account_id === null || Number(account_id) === id;
}
