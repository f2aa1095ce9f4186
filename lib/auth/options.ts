import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { redact } from "@/lib/redact";
import { authorise } from "./authorise";
import { authoriseOidc } from "./authorise-oidc";
import { beginSession } from "./begin-session";
import { IDLE_SECONDS, toClaims, toSessionCookie, toSignOnCookies } from "./claims";
import { findPersonOfSession, findSessionHolder } from "./find-person-of-session";
import { endSession } from "./mutations";
import { oidcProfileSchema } from "./oidc-profile";
import { toOidcProvider } from "./oidc-provider";
import { getVisitor } from "./visitor";

const authenticatedSchema = z.object({ email: z.string(), version: z.number() });

// Errors of our own callbacks and events: somebody could not sign in or out.
const OWN_FAILURE = /^OAUTH_CALLBACK_HANDLER_ERROR$|_EVENT_ERROR$/;

export function getAuthOptions(): NextAuthOptions {
  const { secret, oidc, hasPasswords } = getEnv();
  return {
    secret,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: IDLE_SECONDS },
    jwt: { maxAge: IDLE_SECONDS },
    cookies: { sessionToken: toSessionCookie(), ...toSignOnCookies() },
    providers: [
      ...(hasPasswords
        ? [CredentialsProvider({ credentials: { email: {}, password: {} }, authorize: signInByPassword })]
        : []),
      ...(oidc ? [toOidcProvider(oidc)] : []),
    ],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== "oidc") return true;
        const { address } = await getVisitor();
        const rules = { allowedDomain: oidc?.allowedDomain, roles: oidc?.roles, address };
        const refusal = await authoriseOidc(oidcProfileSchema.parse(profile), rules);
        return refusal ? `/sign-in?error=${refusal}` : true;
      },
      jwt: async ({ token, user, account, profile }) => {
        if (!user) return token;
        const who =
          account?.provider === "oidc"
            ? { subject: oidcProfileSchema.parse(profile) }
            : authenticatedSchema.parse(user);
        return (await beginSession(who)) ?? {};
      },
      session: async ({ session, token }) => {
        const claims = toClaims(token);
        // If we threw, next-auth would delete the cookie because the database was unreachable for a moment.
        const person = claims && (await findPersonOfSession(claims).catch(() => undefined));
        const waiting = claims && !person && (await findSessionHolder(claims).catch(() => undefined));
        return { expires: session.expires, person, waitsFor: waiting ? waiting.waitsFor : undefined };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const claims = toClaims(token);
        if (claims) await endSession(claims.session, claims.sub, "signed_out");
      },
    },
    logger: {
      error: (code, metadata) => {
        // Common: an expired or tampered cookie.
        if (code === "JWT_SESSION_ERROR") return;
        const err = metadata instanceof Error ? metadata : metadata.error;
        if (OWN_FAILURE.test(code)) log.error({ code, err }, "next-auth failed");
        // The reason of a provider or of its token, without what it quotes.
        else log.warn({ code, name: err.name, reason: redact(err.message) }, "next-auth refused");
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
