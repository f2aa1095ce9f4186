import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { authorise } from "./authorise";
import { authoriseOidc } from "./authorise-oidc";
import { beginSession } from "./begin-session";
import { IDLE_SECONDS, toClaims, toSessionCookie } from "./claims";
import { findPersonOfSession } from "./find-person-of-session";
import { endSession } from "./mutations";
import { toOidcProvider } from "./oidc-provider";
import { getVisitor } from "./visitor";

/** Single sign-on has no version. */
const authenticatedSchema = z.object({ email: z.string(), version: z.number().optional() });

// Errors of our own callbacks and events: somebody could not sign in or out.
const OWN_FAILURE = /^OAUTH_CALLBACK_HANDLER_ERROR$|_EVENT_ERROR$/;

export function getAuthOptions(): NextAuthOptions {
  const { secret, oidc } = getEnv();
  return {
    secret,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: IDLE_SECONDS },
    jwt: { maxAge: IDLE_SECONDS },
    cookies: { sessionToken: toSessionCookie() },
    providers: [
      CredentialsProvider({ credentials: { email: {}, password: {} }, authorize: signInByPassword }),
      ...(oidc ? [toOidcProvider(oidc)] : []),
    ],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== "oidc") return true;
        const rules = { allowedDomain: oidc?.allowedDomain, address: (await getVisitor()).address };
        const refusal = await authoriseOidc(profile, rules);
        return refusal ? `/sign-in?error=${refusal}` : true;
      },
      jwt: async ({ token, user }) => {
        if (!user) return token;
        const { email, version } = authenticatedSchema.parse(user);
        return (await beginSession(email, version)) ?? {};
      },
      session: async ({ session, token }) => {
        const claims = toClaims(token);
        // If we threw, next-auth would delete the cookie because the database was unreachable for a moment.
        const person = claims && (await findPersonOfSession(claims).catch(() => undefined));
        return { expires: session.expires, person };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const claims = toClaims(token);
        if (claims) await endSession(claims.session, claims.sub, "signed_out");
      },
    },
    logger: {
      error: (code, error) => {
        // Common: an expired or tampered cookie.
        if (code === "JWT_SESSION_ERROR") return;
        if (OWN_FAILURE.test(code)) log.error({ code, err: error }, "next-auth failed");
        else log.warn({ code, name: error.name }, "next-auth refused");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Only a thrown error tells next-auth's caller more than "no": its message becomes `error` in the answer's address. */
async function signInByPassword(
  credentials: unknown,
): Promise<{ id: string; email: string; version: number } | null> {
  const answer = await authorise(credentials, await getVisitor(), getEnv().secret);
  if (answer && "waitSeconds" in answer) throw new Error(`wait:${answer.waitSeconds}`);
  return answer ?? null;
}
