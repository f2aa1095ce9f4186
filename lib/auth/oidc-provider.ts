import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { BaseClient, CallbackParamsType, TokenSet } from "openid-client";
import type { Env } from "@/lib/env";
import { MAX_MS } from "./claims";
import { type OidcProfile, toOidcProfile } from "./oidc-profile";

type Checks = { state?: string; nonce?: string; code_verifier?: string };

// Signed with a private key. A signature with the client's secret, or none, is not accepted.
const ALGORITHM = /^(?:[RP]S|ES)(?:256|384|512)$|^EdDSA$/;

export function toOidcProvider({
  issuer,
  clientId,
  clientSecret,
  roles,
}: NonNullable<Env["oidc"]>): OAuthConfig<OidcProfile> {
  return {
    id: "oidc",
    name: "OIDC",
    type: "oauth",
    wellKnown: `${withoutSlash(issuer)}/.well-known/openid-configuration`,
    clientId,
    clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // With a longest age, the provider has to tell when it asked for the password.
    authorization: { params: { scope: "openid email profile", max_age: MAX_MS / 1000 } },
    token: {
      request: async ({ client, provider, params, checks }) => {
        requireIssuer(client, issuer);
        return { tokens: await exchangeCode(client, provider.callbackUrl, params, checks) };
      },
    },
    userinfo: {
      request: async ({ client, tokens }) => readProfile(client, tokens as TokenSet, roles?.claim),
    },
    profile: ({ sub }) => ({ id: sub }),
  };
}

/** Else whoever can change the discovery could name another provider, whose subjects are other people. */
function requireIssuer({ issuer }: BaseClient, expected: string): void {
  if (withoutSlash(issuer.metadata.issuer) !== withoutSlash(expected)) {
    throw new Error("The provider's discovery names another issuer than OIDC_ISSUER");
  }
}

/**
 * As the client's own `callback`, which has to be told the algorithm of the ID token before it has one: providers choose
 * RS256, ES256 or EdDSA.
 */
async function exchangeCode(
  client: BaseClient,
  callbackUrl: string,
  { code, ...params }: CallbackParamsType,
  { state, nonce, code_verifier }: Checks,
): Promise<TokenSet> {
  await client.callback(callbackUrl, params, { state });
  const grant_type = "authorization_code";
  const tokens = await client.grant({ grant_type, code, redirect_uri: callbackUrl, code_verifier });
  const { id_token = "" } = tokens;
  const verifying = new client.issuer.Client({
    ...client.metadata,
    id_token_signed_response_alg: readAlgorithm(id_token),
  });
  // The tolerance for clocks that differ is kept under a symbol.
  for (const symbol of Object.getOwnPropertySymbols(client)) {
    Reflect.set(verifying, symbol, Reflect.get(client, symbol));
  }
  const answer = { id_token, state: params.state };
  await verifying.callback(callbackUrl, answer, { state, nonce, response_type: "id_token" });
  return tokens;
}

function readAlgorithm(idToken: string): string {
  const [header = ""] = idToken.split(".");
  const { alg } = JSON.parse(Buffer.from(header, "base64url").toString()) as { alg?: unknown };
  if (typeof alg !== "string" || !ALGORITHM.test(alg)) {
    throw new Error("The provider signs ID tokens in a way that is not accepted");
  }
  return alg;
}

/** ADFS has its claims in the ID token alone, so the second answer is asked for only when something is missing. */
async function readProfile(
  client: BaseClient,
  tokens: TokenSet,
  roleClaim: string | undefined,
): Promise<OidcProfile> {
  const claims = tokens.claims();
  const ofToken = toOidcProfile(claims, {}, roleClaim);
  const isWhole =
    ofToken.email && ofToken.name && (roleClaim === undefined || claims[roleClaim] !== undefined);
  if (isWhole || !client.issuer.metadata.userinfo_endpoint) return ofToken;
  // With the whole token set, the client checks that both answers are about the same person.
  return toOidcProfile(claims, await client.userinfo(tokens), roleClaim);
}

function withoutSlash(address: string): string {
  return address.replace(/\/$/, "");
}
