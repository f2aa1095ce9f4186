import "server-only";
import { z } from "zod";
import { getEnv } from "@/lib/env";

export const IDLE_SECONDS = 12 * 60 * 60;
export const LONGEST_MS = 7 * 24 * 60 * 60 * 1000;

/** A session whose person did nothing since then is over. */
export function toIdleSince(now: number): number {
  return now - IDLE_SECONDS * 1000;
}

/** What a session's token says: who, of which version of their sessions, and which one. The rest is the row's to say. */
const claimsSchema = z.object({ sub: z.string(), version: z.number(), session: z.string() });
export type Claims = z.infer<typeof claimsSchema>;

export function toClaims(token: unknown): Claims | undefined {
  return claimsSchema.safeParse(token).data;
}

/** As next-auth makes it by itself; named here, because a session is also renewed outside of its routes. */
export function toSessionCookie() {
  const secure = getEnv().appUrl.startsWith("https:");
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}
