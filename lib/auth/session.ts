import "server-only";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { findAccount } from "@/lib/people/queries";
import { type Person, personSchema } from "@/lib/people/schema";
import { claimsSchema, IDLE_SECONDS, toSessionCookie } from "./claims";
import { getAuthOptions } from "./options";

const sessionSchema = z.object({ person: personSchema });

/** Who is asking, read anew for every request, so that a disabled person is out at once. */
export const currentUser = cache(async (): Promise<Person | undefined> => {
  const session = sessionSchema.safeParse(await getServerSession(getAuthOptions()));
  return session.data?.person;
});

/** After the person's sessions were ended by themself: this one goes on, no longer than it would have. */
export async function renewSession(user: Person): Promise<void> {
  const { secret } = getEnv();
  const { name, options } = toSessionCookie();
  const jar = await cookies();
  const claims = claimsSchema.safeParse(await decode({ token: jar.get(name)?.value, secret }));
  const account = await findAccount(user.email);
  if (!claims.success || !account) return;

  const token = { ...claims.data, version: account.session_version };
  const value = await encode({ token, secret, maxAge: IDLE_SECONDS });
  jar.set(name, value, { ...options, maxAge: IDLE_SECONDS });
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
