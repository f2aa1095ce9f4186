import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { decode, encode } from "next-auth/jwt";
import { cache } from "react";
import { getEnv } from "@/lib/env";
import type { Person } from "@/lib/people/schema";
import { type Claims, IDLE_SECONDS, toClaims, toSessionCookie } from "./claims";
import { findPersonOfSession } from "./find-person-of-session";
import { markSeen } from "./mutations";

type CurrentSession = { user: Person; session: string };

/** React's `cache` works only within one page. */
const routeSession = new AsyncLocalStorage<CurrentSession>();

/** Read anew for every request, so that a disabled person is refused at once. */
export const currentSession = cache(async (): Promise<CurrentSession | undefined> => {
  const inRoute = routeSession.getStore();
  if (inRoute) return inRoute;
  const claims = await readClaims();
  const user = claims && (await findPersonOfSession(claims));
  return user && { user, session: claims.session };
});

/** Runs an action without reading the person again. */
export function runInSession<T>(current: CurrentSession, act: () => Promise<T>): Promise<T> {
  return routeSession.run(current, act);
}

export async function currentUser(): Promise<Person | undefined> {
  return (await currentSession())?.user;
}

/** Undefined for an expired or tampered token. The session may have ended. */
export async function readClaims(): Promise<Claims | undefined> {
  const token = (await cookies()).get(toSessionCookie().name)?.value;
  return toClaims(await decode({ token, secret: getEnv().secret }).catch(() => null));
}

/** The token authorises nothing by itself: the session's row must exist, with the same version. */
export async function writeClaims(claims: Claims): Promise<void> {
  const { name, options } = toSessionCookie();
  const value = await encode({ token: claims, secret: getEnv().secret, maxAge: IDLE_SECONDS });
  (await cookies()).set(name, value, { ...options, maxAge: IDLE_SECONDS });
}

/**
 * A browser asks for its session when its person is active. next-auth renews every token that it can read, so the token
 * of an ended session is removed from the answer.
 */
export async function renewSession(answer: Headers): Promise<void> {
  const current = await currentSession();
  if (current && (await markSeen(current.session))) return;

  const { name } = toSessionCookie();
  const others = answer.getSetCookie().filter((cookie) => !cookie.startsWith(name));
  answer.delete("set-cookie");
  for (const cookie of others) answer.append("set-cookie", cookie);
}

export async function requireSession(returnTo: string): Promise<CurrentSession> {
  return (await currentSession()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

export async function requireUser(returnTo = "/"): Promise<Person> {
  return (await requireSession(returnTo)).user;
}

export async function requireAdmin(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  return user.role === "admin" ? user : notFound();
}
