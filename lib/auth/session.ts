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

/** `session` is the id of the row that opened the door. */
type Entered = { user: Person; session: string };

/** Whom a route has let in already; React's `cache` holds within a page alone. */
const letIn = new AsyncLocalStorage<Entered>();

/** Who is asking and by which session, read anew for every request, so that a disabled person is out at once. */
export const currentSession = cache(async (): Promise<Entered | undefined> => {
  const known = letIn.getStore();
  if (known) return known;
  const claims = await readClaims();
  const user = claims && (await findPersonOfSession(claims));
  return user && { user, session: claims.session };
});

/** An action that a route calls for who asks need not read who that is once more. */
export function actFor<T>(entered: Entered, act: () => Promise<T>): Promise<T> {
  return letIn.run(entered, act);
}

export async function currentUser(): Promise<Person | undefined> {
  return (await currentSession())?.user;
}

/** What the browser's token says, be its session over or not; undefined for one that expired or was tampered with. */
export async function readClaims(): Promise<Claims | undefined> {
  const token = (await cookies()).get(toSessionCookie().name)?.value;
  return toClaims(await decode({ token, secret: getEnv().secret }).catch(() => null));
}

/** Opens nothing by itself: the session's row must stand, and the version be its person's. */
export async function writeClaims(claims: Claims): Promise<void> {
  const { name, options } = toSessionCookie();
  const value = await encode({ token: claims, secret: getEnv().secret, maxAge: IDLE_SECONDS });
  (await cookies()).set(name, value, { ...options, maxAge: IDLE_SECONDS });
}

/**
 * A browser asks for its session when its person does something: that is written down. next-auth renews any token that it
 * can read; one that opens nothing by now must run out, so it is taken out of the answer.
 */
export async function touchSession(answer: Headers): Promise<void> {
  const entered = await currentSession();
  if (entered && (await markSeen(entered.session))) return;

  const { name } = toSessionCookie();
  const others = answer.getSetCookie().filter((cookie) => !cookie.startsWith(name));
  answer.delete("set-cookie");
  for (const cookie of others) answer.append("set-cookie", cookie);
}

/** For pages: returns who is asking, or leads to the sign-in page and from there back to `returnTo`. */
export async function requireSession(returnTo: string): Promise<Entered> {
  return (await currentSession()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

export async function requireUser(returnTo = "/"): Promise<Person> {
  return (await requireSession(returnTo)).user;
}

/** For pages of admins: to anyone else the page is not there. */
export async function requireAdmin(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  return user.role === "admin" ? user : notFound();
}
