import { createHmac } from "node:crypto";
import { ADMIN_ID, SUBDOMAIN } from "./account.ts";
import { ACCOUNT_ID } from "./account-parts.ts";

/** Of an account that is kept in no file: it lives as long as its process. */
export const UNSAVED_SECRET = "a practice account that is kept nowhere";
const EXPIRES_AT = Date.UTC(2029, 10, 11) / 1000;

/**
 * A long-lived token of the practice account, the same one every time for one secret. `exp` in unix seconds.
 * docs/kommo-api.md §7.1
 */
export function issueToken(exp: number = EXPIRES_AT, secret: string = UNSAVED_SECRET): string {
  const claims = {
    aud: "1ead0de5-0000-4000-8000-000000000001",
    jti: "practice",
    iat: 1_731_283_200,
    nbf: 1_731_283_200,
    exp,
    sub: String(ADMIN_ID),
    grant_type: "",
    account_id: ACCOUNT_ID,
    base_domain: "kommo.com",
    version: 2,
    scopes: ["crm"],
    api_domain: `${SUBDOMAIN}.kommo.com`,
  };
  const unsigned = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;

  return `${unsigned}.${sign(unsigned, secret)}`;
}

export function isValidToken(token: string, secret: string, now: number): boolean {
  const [header = "", payload = "", signature] = token.split(".");
  if (signature !== sign(`${header}.${payload}`, secret)) return false;
  const { exp } = JSON.parse(Buffer.from(payload, "base64url").toString());

  return exp * 1000 > now;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function sign(text: string, secret: string): string {
  return createHmac("sha256", secret).update(text).digest("base64url");
}
