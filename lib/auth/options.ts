import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { getEnv } from "@/lib/env";
import { hashPassword, isPassword } from "@/lib/people/password";
import { findPasswordHash } from "@/lib/people/queries";
import { signInSchema } from "@/lib/people/schema";

const SESSION_SECONDS = 7 * 24 * 60 * 60;

let nobodysHash: Promise<string> | undefined;

export function getAuthOptions(): NextAuthOptions {
  return {
    secret: getEnv().secret,
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (credentials) => authorise(credentials),
      }),
    ],
    callbacks: {
      // The person is read from the database on every request; the token only says who it is.
      session: ({ session, token }) => ({ ...session, personId: token.sub }),
    },
  };
}

async function authorise(credentials: unknown): Promise<{ id: string } | null> {
  const given = signInSchema.safeParse(credentials);
  if (!given.success) return null;

  // An unknown e-mail costs as much time as a wrong password, so an answer's delay tells nothing.
  nobodysHash ??= hashPassword("nobody");
  const person = await findPasswordHash(given.data.email);
  const matches = await isPassword(given.data.password, person?.password_hash ?? (await nobodysHash));
  return person && matches ? { id: person.id } : null;
}
