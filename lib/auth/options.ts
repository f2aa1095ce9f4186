import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { getEnv } from "@/lib/env";
import { log } from "@/lib/log";
import { findAccount } from "@/lib/people/queries";
import { admit } from "./admit";
import { authorise } from "./authorise";
import { beginSession } from "./begin-session";
import { claimsSchema, IDLE_SECONDS, toSessionCookie } from "./claims";
import { findPerson } from "./find-person";
import { endSession, openSession } from "./mutations";
import { toOidcProvider } from "./oidc-provider";
import { readVisitor } from "./visitor";

export function getAuthOptions(): NextAuthOptions {
  const { secret, oidc } = getEnv();
  return {
    secret,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: IDLE_SECONDS },
    cookies: { sessionToken: toSessionCookie() },
    providers: [
      CredentialsProvider({ credentials: { email: {}, password: {} }, authorize: enterByPassword }),
      ...(oidc ? [toOidcProvider(oidc)] : []),
    ],
    callbacks: {
      signIn: async ({ account, profile }) => {
        if (account?.provider !== "oidc") return true;
        const rules = { allowedDomain: oidc?.allowedDomain, address: (await readVisitor()).address };
        const refusal = await admit(profile, rules);
        return refusal ? `/sign-in?error=${refusal}` : true;
      },
      jwt: async ({ token, user }) => {
        if (!user) return token;
        const account = await findAccount(user.email?.toLowerCase() ?? "");
        if (!account) return {};
        const since = Date.now();
        const session = await openSession(account.id, (await readVisitor()).browser, since);
        return { sub: account.id, version: account.session_version, session, since };
      },
      session: async ({ session, token }) => ({ expires: session.expires, person: await findPerson(token) }),
    },
    events: {
      signIn: ({ user, account }) => beginSession(user.email ?? "", account?.provider === "oidc"),
      signOut: async ({ token }) => {
        const claims = claimsSchema.safeParse(token).data;
        if (claims) await endSession(claims.session, claims.sub);
      },
    },
    logger: {
      error: (code, { name }) => {
        // A cookie that expired or was tampered with is everyday, and means signed out.
        if (code !== "JWT_SESSION_ERROR") log.warn({ code, name }, "sign-in failed");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** A throw is how next-auth hands its caller more than "no": the message becomes `error` in the answer's address. */
async function enterByPassword(credentials: unknown): Promise<{ id: string; email: string } | null> {
  const answer = await authorise(credentials, await readVisitor(), getEnv().secret);
  if (answer && "waitSeconds" in answer) throw new Error(`wait:${answer.waitSeconds}`);
  return answer ?? null;
}
