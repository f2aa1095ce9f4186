import "server-only";
import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { z } from "zod";
import { findPerson } from "@/lib/people/queries";
import type { Person } from "@/lib/people/schema";
import { getAuthOptions } from "./options";

const sessionSchema = z.object({ personId: z.string() });

/** Who is asking, read anew for every request, so that a disabled person is out at once. */
export const currentUser = cache(async (): Promise<Person | undefined> => {
  const session = sessionSchema.safeParse(await getServerSession(getAuthOptions()));
  return session.success ? findPerson(session.data.personId) : undefined;
});

/** For pages: returns the person, or leads to the sign-in page and from there back to `returnTo`. */
export async function requireUser(returnTo = "/"): Promise<Person> {
  return (await currentUser()) ?? redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
}

/** For pages of admins: to anyone else the page is not there. */
export async function requireAdmin(returnTo: string): Promise<Person> {
  const user = await requireUser(returnTo);
  return user.role === "admin" ? user : notFound();
}
