import "server-only";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { TokenSet } from "openid-client";
import type { Env } from "@/lib/env";

type Claims = { sub: string; email?: string };

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
    // Some providers leave the e-mail out of the token. With the whole token set, the client checks that both answers
    // are about the same person.
    userinfo: { request: ({ client, tokens }) => client.userinfo(tokens as TokenSet) },
    profile: ({ sub, email }) => ({ id: sub, email }),
  };
}
