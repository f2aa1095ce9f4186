import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { tellTime } from "@/lib/clock";
import { keepIntegration, pruneKeptIntegration } from "@/lib/connection/kept-integration";
import { toAccountUrl } from "@/lib/connection/to-account-url";
import { type Db, getDb } from "@/lib/db/client";
import { getEnv, isPractice } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { seal, unseal } from "@/lib/seal";
import { connectGrant } from "./connect-grant";
import { getIntegration, requireChangeable } from "./find-integration";
import type { NewStart, Returned } from "./schema";

/** Longer than a code lives; the page of Kommo may have stood open for a while before. */
const STARTED_MS = 60 * 60_000;

/**
 * Where to send an admin's browser to allow the integration. The `state` in it belongs to this session and comes back once.
 * What was entered is kept until something is connected, as Kommo's page may be denied or closed.
 * Throws `read_only`, and `invalid` without an integration.
 */
export async function startAuthorisation(
  { subdomain, integration }: NewStart,
  session: string,
  db: Db = getDb(),
  now: number = tellTime(),
): Promise<string> {
  requireChangeable();
  const wanted = await getIntegration(integration, db);
  const { clientId, clientSecret, redirectUri } = wanted;
  const accountUrl = subdomain ?? getEnv().kommo.address;
  const state = randomBytes(32).toString("base64url");
  if (integration) await keepIntegration(wanted, accountUrl ?? null, db, now);
  await db
    .insertInto("oauth_starts")
    .values({
      state_hash: toHash(state),
      session,
      client_id: clientId,
      secret_sealed: seal(clientSecret, getEnv().secret, "kommo client secret"),
      redirect_uri: redirectUri,
      account_url: accountUrl ?? null,
      started_at: now,
    })
    .execute();
  const url = new URL("/oauth", toAuthoriser(accountUrl));
  url.search = new URLSearchParams({ client_id: clientId, state, mode: "popup" }).toString();
  return url.href;
}

/**
 * What Kommo's page has come back with. The `state` is spent whatever the rest says. Throws as connectGrant does, and
 * `state_spent`, `access_denied`, `address_foreign`, `code_wrong`.
 */
export async function finishAuthorisation(
  { state, code, referer, client_id, error }: Returned,
  { personId, session }: { personId: string; session: string },
  db: Db = getDb(),
  now: () => number = tellTime,
): Promise<void> {
  const start = await spendState(state ?? "", session, db, now());
  if (error !== undefined) throw new AppError("access_denied");
  const { account_url: wanted, redirect_uri: redirectUri, client_id: clientId } = start;
  if (client_id !== undefined && client_id !== clientId) throw new AppError("integration_wrong");
  const baseUrl = toAccountUrl(referer ?? "", wanted && isPractice(wanted) ? wanted : null);
  if (!baseUrl || (wanted && baseUrl !== wanted)) throw new AppError("address_foreign");
  if (!code) throw new AppError("code_wrong");
  const clientSecret = unseal(start.secret_sealed, getEnv().secret, "kommo client secret");
  const integration = { clientId, clientSecret, redirectUri };
  await connectGrant({ baseUrl, integration, way: "redirect" }, code, personId, db, now);
}

/** The keys of ways to Kommo's page that nobody has come back from, and of those that nobody has tried again. */
export async function pruneStarts(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom("oauth_starts")
    .where((eb) => eb.or([eb("started_at", "<", now - STARTED_MS), eb("started_at", ">", now + STARTED_MS)]))
    .execute();
  await pruneKeptIntegration(db, now);
}

/** Another session's state stays unspent: whoever has seen it can neither use nor spoil it. */
async function spendState(state: string, session: string, db: Db, now: number) {
  const start = await db
    .deleteFrom("oauth_starts")
    .where("state_hash", "=", toHash(state))
    .where("session", "=", session)
    .returningAll()
    .executeTakeFirst();
  if (!start || Math.abs(now - Number(start.started_at)) > STARTED_MS) throw new AppError("state_spent");
  return start;
}

/** The page that asks for the permission: one for all accounts of a domain (docs/kommo-api.md §7.2). */
function toAuthoriser(baseUrl = "https://www.kommo.com"): string {
  if (isPractice(baseUrl)) return baseUrl;
  return baseUrl.endsWith(".amocrm.ru") ? "https://www.amocrm.ru" : "https://www.kommo.com";
}

function toHash(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
