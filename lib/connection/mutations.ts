import "server-only";
import { writeAudit } from "@/lib/audit/mutations";
import { type Db, getDb } from "@/lib/db/client";
import type { ConnectionsTable } from "@/lib/db/tables";
import { getEnv, isPractice } from "@/lib/env";
import type { Integration, Tokens } from "@/lib/kommo/schema";
import { seal } from "@/lib/seal";
import { forgetKeptIntegration } from "./kept-integration";
import { lockConnection } from "./lock-in-force";
import type { GrantWay, NewConnection } from "./schema";
import { toAccountUrl } from "./to-account-url";
import { RENEWED_AFTER, toGranted, toTokenEnd } from "./to-token-end";

const ID = "kommo";
/** What was given for a code: the integration, and its tokens. */
export type NewGrant = {
  baseUrl: string;
  integration: Integration;
  /** How the admin has connected. */
  way: GrantWay;
  tokens: Tokens;
};

/** All three secrets lie sealed. The next request uses the new access token. */
export async function saveGrant(
  { baseUrl, integration, way, tokens }: NewGrant,
  personId: string,
  tx: Db,
  now: number,
): Promise<void> {
  const { secret } = getEnv();
  await upsertConnection({ ...toTokenColumns(baseUrl, tokens), set_by: personId, set_at: now }, tx);
  const row = {
    client_id: integration.clientId,
    secret_sealed: seal(integration.clientSecret, secret, "kommo client secret"),
    redirect_uri: integration.redirectUri,
    way,
    ...toPairColumns(baseUrl, tokens, now),
    hook_at: null,
  };
  await tx
    .insertInto("grants")
    .values({ id: ID, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
  const detail = { account: baseUrl };
  await writeAudit({ person_id: personId, action: "connection_set", detail }, tx, now);
}

type Renewed = { baseUrl: string; tokens: Tokens; refreshSealed: string };

/**
 * The next pair, before anybody uses it. `refreshSealed` is of the pair that was exchanged: answers false, and nothing
 * changes, where another one has taken its place meanwhile.
 */
export async function saveRenewal(
  { baseUrl, tokens, refreshSealed }: Renewed,
  db: Db,
  now: number,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    await lockConnection(tx);
    const { numUpdatedRows } = await tx
      .updateTable("grants")
      .set(toPairColumns(baseUrl, tokens, now))
      .where("id", "=", ID)
      .where("refresh_sealed", "=", refreshSealed)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    await tx.updateTable("connections").set(toTokenColumns(baseUrl, tokens)).where("id", "=", ID).execute();
    return true;
  });
}

/** The account has moved to another address; its tokens are the same. */
export async function saveMove(baseUrl: string, refreshSealed: string, db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lockConnection(tx);
    const { numUpdatedRows } = await tx
      .updateTable("grants")
      .set({ renewer: null, tried_at: null, problem: null })
      .where("id", "=", ID)
      .where("refresh_sealed", "=", refreshSealed)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await tx.updateTable("connections").set({ base_url: baseUrl }).where("id", "=", ID).execute();
  });
}

// A hook that is replayed all the time must not keep the queue halted, nor cost more than one request a minute.
const HEEDED_AGAIN_MS = 60_000;

/**
 * Kommo has told that somebody disabled this integration. Answers false, and nothing changes, for one that is no longer
 * ours, and for what was told within the last minute.
 */
export async function noteDisabled(clientId: string, db: Db, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("grants")
    .set({ disabled_at: now, hook_at: now })
    .where("id", "=", ID)
    .where("client_id", "=", clientId)
    .where((eb) =>
      eb.or([
        eb("hook_at", "is", null),
        eb("hook_at", "<=", now - HEEDED_AGAIN_MS),
        eb("hook_at", ">", now + HEEDED_AGAIN_MS),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

// Tokens may work for a moment after the integration was disabled.
const WORKS_AFTER_MS = 10 * 60_000;

/** Kommo answers, and it is some minutes ago that the integration was told to be disabled: so it was not, or is no longer. */
export async function noteIntegrationWorks(db: Db, now: number): Promise<void> {
  await db
    .updateTable("grants")
    .set({ disabled_at: null })
    .where("disabled_at", "is not", null)
    .where((eb) => eb.not(eb.between("disabled_at", now - WORKS_AFTER_MS, now)))
    .where((eb) => eb.exists(eb.selectFrom("sender").select("id").where("rest_code", "is", null)))
    .execute();
}

function toTokenColumns(baseUrl: string, { accessToken }: Tokens) {
  return {
    base_url: baseUrl,
    token_sealed: seal(accessToken, getEnv().secret, "kommo token"),
    last_four: accessToken.slice(-4),
    // It is renewed before its end: nobody has to be warned of it.
    expires_at: null,
  };
}

function toPairColumns(baseUrl: string, tokens: Tokens, now: number) {
  const { scopes, apiHost } = toGranted(tokens.accessToken);
  const practiceUrl = isPractice(baseUrl) ? baseUrl : null;
  return {
    refresh_sealed: seal(tokens.refreshToken, getEnv().secret, "kommo refresh token"),
    renewed_at: now,
    renew_at: now + Math.floor(tokens.livesMs * RENEWED_AFTER),
    clock_ahead_ms: tokens.serverTime === null ? null : now - tokens.serverTime,
    scopes: scopes && JSON.stringify(scopes),
    api_url: (apiHost && toAccountUrl(apiHost, practiceUrl)) ?? null,
    renewer: null,
    renewing_until: 0,
    tried_at: null,
    problem: null,
    disabled_at: null,
  };
}

/** The token lies sealed; of it only the last four characters are ever shown. The next request uses it. */
export async function saveConnection(
  { subdomain, token }: NewConnection,
  personId: string,
  db: Db = getDb(),
  now = Date.now(),
): Promise<void> {
  const row = {
    base_url: subdomain,
    token_sealed: seal(token, getEnv().secret, "kommo token"),
    last_four: token.slice(-4),
    expires_at: toTokenEnd(token),
    set_by: personId,
    set_at: now,
  };
  await upsertConnection(row, db);
  await db.deleteFrom("grants").where("id", "=", ID).execute();
  const detail = { account: subdomain };
  await writeAudit({ person_id: personId, action: "connection_set", detail }, db, now);
}

type Row = Omit<ConnectionsTable, "id">;

async function upsertConnection(row: Row, db: Db): Promise<void> {
  await lockConnection(db);
  await forgetKeptIntegration(db);
  await db
    .insertInto("connections")
    .values({ id: ID, ...row })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}
