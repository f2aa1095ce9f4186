import { createHmac } from "node:crypto";
import { ADMIN_ID, SUBDOMAIN } from "./account.ts";
import { ACCOUNT_ID } from "./account-parts.ts";

/** The integration's id; it is the tokens' audience. */
export const CLIENT_ID = "1ead0de5-0000-4000-8000-000000000001";

/** Of an account that is kept in no file: it lives as long as its process. */
export const UNSAVED_SECRET = "a practice account that is kept nowhere";
/** The `jti` of every long-lived token. */
export const LONG_LIVED = "practice";
const EXPIRES_AT = Date.UTC(2029, 10, 11) / 1000;

/**
 * A long-lived token of the practice account, the same one every time for one secret. `exp` in unix seconds.
 * docs/kommo-api.md §7.1
 */
export function issueToken(exp: number = EXPIRES_AT, secret: string = UNSAVED_SECRET): string {
  const issuedAt = 1_731_283_200;
  return encodeToken(
    {
      jti: LONG_LIVED,
      iat: issuedAt,
      nbf: issuedAt,
      exp,
      grant_type: "",
      scopes: ["crm"],
      api_domain: `${SUBDOMAIN}.kommo.com`,
    },
    secret,
  );
}

type Granted = { id: string; issuedAt: number; endsAt: number; scopes: readonly string[]; apiDomain: string };

/** An access token of a day, as OAuth gives it; times in epoch milliseconds. docs/kommo-api.md §7.2 */
export function issueAccessToken(
  { id, issuedAt, endsAt, scopes, apiDomain }: Granted,
  secret: string,
): string {
  const [iat, exp] = [Math.floor(issuedAt / 1000), Math.floor(endsAt / 1000)];
  return encodeToken(
    { jti: id, iat, nbf: iat, exp, grant_type: "authorization_code", scopes, api_domain: apiDomain },
    secret,
  );
}

/** The `jti` of a token that this account has signed and that has not ended; undefined for any other. */
export function findTokenId(token: string, secret: string, now: number): string | undefined {
  const [header = "", payload = "", signature] = token.split(".");
  if (signature !== sign(`${header}.${payload}`, secret)) return undefined;
  const { exp, jti } = JSON.parse(Buffer.from(payload, "base64url").toString());

  return exp * 1000 > now ? jti : undefined;
}

/** The integration's secret key, which signs the hook. */
export function toClientSecret(secret: string): string {
  return sign("client secret", secret);
}

function encodeToken(claims: object, secret: string): string {
  const whole = {
    aud: CLIENT_ID,
    sub: String(ADMIN_ID),
    account_id: ACCOUNT_ID,
    base_domain: "kommo.com",
    version: 2,
    ...claims,
  };
  const unsigned = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(whole)}`;
  return `${unsigned}.${sign(unsigned, secret)}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function sign(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
