import type { IncomingHttpHeaders } from "node:http";
import { SUBDOMAIN } from "../state/account.ts";
import { ACCOUNT_ID } from "../state/account-parts.ts";
import { addPair, findPair, type Pair, spendCode, toAccessEnd } from "../state/grants.ts";
import type { JournalEntry } from "../state/journal.ts";
import { isJson } from "../state/json.ts";
import { CLIENT_ID, issueAccessToken, toClientSecret } from "../state/token.ts";
import type { World } from "../state/world.ts";
import { type Answer, problem } from "./answer.ts";
import { unauthorized } from "./failures.ts";

/** Codes and refresh tokens against pairs of tokens, and the account's present address. docs/kommo-api.md §7.2, §7.3 */
export function answerOauth(world: World, entry: JournalEntry, headers: IncomingHttpHeaders): Answer {
  const { method } = entry;
  const [path = ""] = entry.path.split("?");
  if (path === "/oauth2/access_token") {
    if (method !== "POST") return problem(405, "Method Not Allowed");
    if (isOldHost(world, entry.host)) return answerOldHost(world, entry.path);
    return giveTokens(world, toFields(entry.body));
  }
  if (method === "GET" && path === "/oauth2/account/current/subdomain") {
    return tellSubdomain(world, String(headers["x-refresh-token"] ?? ""));
  }
  return problem(404, `Cannot ${method} ${world.base}${entry.path}`);
}

/** Once the account was renamed, whether this is another host than its own. */
export function isOldHost({ renamedTo }: World, host: string): boolean {
  return renamedTo !== null && host.split(":")[0] !== renamedTo;
}

export function answerOldHost(world: World, path: string): Answer {
  if (world.switches.oldHost === "401") return unauthorized();
  if (world.switches.oldHost === "404") return problem(404, `Cannot find ${path}`);
  return { status: 301, headers: { Location: `${toOwnBase(world)}${path}` } };
}

/** Where the account answers now. */
export function toOwnBase({ base, renamedTo }: World): string {
  const url = new URL(base);
  if (renamedTo) url.hostname = renamedTo;
  return url.origin;
}

function giveTokens(world: World, fields: Record<string, unknown>): Answer {
  const { store } = world;
  const now = world.now();
  const { client_id, client_secret, grant_type, redirect_uri } = fields;
  if (client_id !== CLIENT_ID) return refused("Check the `client_id` parameter");
  if (client_secret !== toClientSecret(store.secret))
    return refused("Check the `client_secret` parameter", 401);
  if (grant_type === "authorization_code") {
    const wrong = spendCode(store.grants, String(fields.code ?? ""), String(redirect_uri ?? ""), now);
    return wrong ? refused(wrong.hint) : toTokens(world, addPair(store.grants, now));
  }
  if (grant_type !== "refresh_token") return refused("Check the `grant_type` parameter");
  if (redirect_uri !== store.grants.redirectUri) return refused("Invalid redirect URI");
  const old = findPair(store.grants, String(fields.refresh_token ?? ""), now);
  if ("hint" in old) return refused(old.hint);
  old.isRevoked = true;
  return toTokens(world, addPair(store.grants, now));
}

function toTokens({ base, store, switches, now }: World, pair: Pair): Answer {
  const [issuedAt, endsAt] = [pair.issuedAt, toAccessEnd(pair)];
  const about = { id: pair.id, issuedAt, endsAt, scopes: switches.scopes, apiDomain: new URL(base).host };
  const body = {
    token_type: "Bearer",
    expires_in: Math.floor((endsAt - issuedAt) / 1000),
    access_token: issueAccessToken(about, store.secret),
    refresh_token: pair.refreshToken,
    ...(switches.serverTimeTold && { server_time: Math.floor(now() / 1000) }),
  };
  return { status: 200, body, headers: { "Content-Type": "application/json" } };
}

function tellSubdomain(world: World, refreshToken: string): Answer {
  const pair = findPair(world.store.grants, refreshToken, world.now());
  if ("hint" in pair) return refused(pair.hint, 401);
  const { host } = new URL(toOwnBase(world));
  const body = { id: ACCOUNT_ID, subdomain: SUBDOMAIN, domain: host, top_level_domain: "com" };
  return { status: 200, body, headers: { "Content-Type": "application/json" } };
}

/** Always 400 on the wire; the body may say otherwise. docs/kommo-api.md §7.2 */
function refused(hint: string, status = 400): Answer {
  const type = "https://developers.amocrm.ru/v3/errors/OAuthProblemJson";
  const detail = "В запросе отсутствует ряд параметров или параметры невалидны";
  const body = { hint, title: "Некорректный запрос", type, status, detail };
  return { status: 400, body, headers: { "Content-Type": "application/json" } };
}

/** JSON, or a form, which Kommo takes too. */
function toFields(body: unknown): Record<string, unknown> {
  if (isJson(body)) return body;
  return typeof body === "string" ? Object.fromEntries(new URLSearchParams(body)) : {};
}
