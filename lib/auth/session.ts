import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { encode } from "next-auth/jwt";
import { cache } from "react";
import { toDiskFailure } from "@/lib/db/disk";
import { getEnv } from "@/lib/env";
import { log } from "@/lib/log";
import type { Person } from "@/lib/people/schema";
import { type Claims, FORMER_COOKIE, IDLE_SECONDS, toSessionCookie } from "./claims";
import { findPersonOfSession, findSessionHolder, type SessionHolder } from "./find-person-of-session";
import { markSeen } from "./mutations";
import { openToken } from "./open-token";

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

/** Also somebody who has given the password and not yet the second factor. */
export const currentSessionHolder = cache(async (): Promise<SessionHolder | undefined> => {
  const claims = await readClaims();
  return claims && findSessionHolder(claims);
});

/** Whether this person gave a password or a second factor in the last ten minutes, in this session. */
export async function isProven(): Promise<boolean> {
  const holder = await currentSessionHolder();
  return holder?.waitsFor === null && holder.isProven;
}

/** Runs an action without reading the person again. */
export function runInSession<T>(current: CurrentSession, act: () => Promise<T>): Promise<T> {
  return routeSession.run(current, act);
}

export async function currentUser(): Promise<Person | undefined> {
  return (await currentSession())?.user;
}

/** Undefined for an expired or tampered token. The session may have ended. */
export async function readClaims(): Promise<Claims | undefined> {
  return openToken((await cookies()).get(toSessionCookie().name)?.value, getEnv().secret);
}

/** For an answer that takes long: who is asking now, and undefined once the session has ended. */
export async function watchSession(): Promise<() => Promise<Person | undefined>> {
  const claims = await readClaims();
  return async () => claims && findPersonOfSession(claims);
}

/** Whether this browser was signed in before the cookie's name changed. */
export async function hasFormerSession(): Promise<boolean> {
  return (await cookies()).has(FORMER_COOKIE);
}

/** A browser removes a cookie of that prefix only when told so with `Secure`. */
export async function dropFormerSession(): Promise<void> {
  if (await hasFormerSession()) (await cookies()).delete({ name: FORMER_COOKIE, path: "/", secure: true });
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
  if (current && (await markSeen(current.session).catch(keepOnFullDisk))) return;

  const { name } = toSessionCookie();
  const others = answer.getSetCookie().filter((cookie) => !cookie.startsWith(name));
  answer.delete("set-cookie");
  for (const cookie of others) answer.append("set-cookie", cookie);
}

/** Who cannot be marked as active stays signed in: what they typed would be lost with the page. */
function keepOnFullDisk(error: unknown): true {
  if (!toDiskFailure(error)) throw error;
  return true;
}

export async function requireSession(returnTo: string): Promise<CurrentSession> {
  return (await currentSession()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

export async function requireUser(returnTo = "/"): Promise<Person> {
  return (await requireSession(returnTo)).user;
}

/** Heads of sales and admins. */
export async function requireHead(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  if (user.role !== "seller") return user;
  logForbidden(user);
  return notFound();
}

export async function requireAdmin(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  if (user.role === "admin") return user;
  logForbidden(user);
  return notFound();
}

/** For every page and route that refuses a role. Actions do it by themselves. */
export function logForbidden({ id, role }: Person): void {
  log.warn({ person: id, role }, "a page or route was refused");
}
