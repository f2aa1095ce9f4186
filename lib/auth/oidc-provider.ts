import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { TokenSet } from "openid-client";
import type { Env } from "@/lib/env";

type Claims = { sub: string; email?: string };

/** Any provider of OpenID Connect. */
export function toOidcProvider(oidc: NonNullable<Env["oidc"]>): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name: "OIDC",
    type: "oauth",
    wellKnown: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    // Not every provider puts the e-mail into the token. Given the whole set, the client checks that both are one person's.
    userinfo: { request: ({ client, tokens }) => client.userinfo(tokens as TokenSet) },
    profile: ({ sub, email }) => ({ id: sub, email }),
  };
}
