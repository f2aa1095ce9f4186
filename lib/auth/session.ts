import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { decode, encode, type JWT } from "next-auth/jwt";
import { cache } from "react";
import { getEnv } from "@/lib/env";
import { findAccount } from "@/lib/people/queries";
import type { Person } from "@/lib/people/schema";
import { type Claims, claimsSchema, IDLE_SECONDS, toSessionCookie } from "./claims";
import { findPerson } from "./find-person";
import { markSeen, openSession } from "./mutations";
import { readVisitor } from "./visitor";

/** Who is asking, read anew for every request, so that a disabled person is out at once. */
export const currentUser = cache(async (): Promise<Person | undefined> => findPerson(await readToken()));

/** True for who holds a token of ours, be its session over or not: enough to read what they send, and no more. */
export async function holdsToken(): Promise<boolean> {
  return (await readToken()) !== null;
}

/** Which of the person's sessions asks; only for somebody who is signed in. */
export async function readClaims(): Promise<Claims> {
  return claimsSchema.parse(await readToken());
}

/** Null without a token, and for one that expired or was tampered with. */
async function readToken(): Promise<JWT | null> {
  const token = (await cookies()).get(toSessionCookie().name)?.value;
  return decode({ token, secret: getEnv().secret }).catch(() => null);
}

/** After the person's sessions were ended by themself: this one goes on, no longer than it would have. */
export async function renewSession(user: Person): Promise<void> {
  const { name, options } = toSessionCookie();
  const { sub, since } = await readClaims();
  const account = await findAccount(user.email);
  if (!account) return;

  const session = await openSession(sub, (await readVisitor()).browser, since);
  const token = { sub, since, session, version: account.session_version };
  const value = await encode({ token, secret: getEnv().secret, maxAge: IDLE_SECONDS });
  (await cookies()).set(name, value, { ...options, maxAge: IDLE_SECONDS });
}

/** A browser asks for its session when its person does something: that is written down. */
export async function touchSession(): Promise<void> {
  if (await currentUser()) await markSeen((await readClaims()).session);
}

/** For pages: returns the person, or leads to the sign-in page and from there back to `returnTo`. */
export async function requireUser(returnTo = "/"): Promise<Person> {
  return (await currentUser()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

/** For pages of admins: to anyone else the page is not there. */
export async function requireAdmin(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  return user.role === "admin" ? user : notFound();
}
