import "server-only";
import { z } from "zod";
import { getEnv } from "@/lib/env";

export const IDLE_SECONDS = 12 * 60 * 60;
export const MAX_MS = 7 * 24 * 60 * 60 * 1000;

export function toIdleSince(now: number): number {
  return now - IDLE_SECONDS * 1000;
}

const claimsSchema = z.object({ sub: z.string(), version: z.number(), session: z.string() });
export type Claims = z.infer<typeof claimsSchema>;

export function toClaims(token: unknown): Claims | undefined {
  return claimsSchema.safeParse(token).data;
}

/** next-auth's own cookie, named here because sessions are also renewed outside its routes. */
export function toSessionCookie() {
  const secure = getEnv().appUrl.startsWith("https:");
  return {
    name: `${secure ? "__Secure-" : ""}next-auth.session-token`,
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}
