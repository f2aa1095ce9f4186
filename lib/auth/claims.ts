import "server-only";
import { z } from "zod";
import { getEnv } from "@/lib/env";
import { toCookieName } from "@/lib/preferences/constants";

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

/** The session's cookie over https before it was bound to this host. It opens nothing any more. */
export const FORMER_COOKIE = "__Secure-next-auth.session-token";

/** next-auth's own cookie, named here because sessions are also renewed outside its routes. */
export function toSessionCookie() {
  return toCookie("session-token");
}

/** What next-auth keeps while somebody signs on. */
export function toSignOnCookies() {
  return {
    callbackUrl: toCookie("callback-url"),
    pkceCodeVerifier: toCookie("pkce.code_verifier", SIGN_ON_SECONDS),
    state: toCookie("state", SIGN_ON_SECONDS),
    nonce: toCookie("nonce", SIGN_ON_SECONDS),
  };
}

const SIGN_ON_SECONDS = 15 * 60;

function toCookie(name: string, maxAge?: number) {
  const secure = getEnv().appUrl.startsWith("https:");
  return {
    name: toCookieName(`next-auth.${name}`, secure),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure, ...(maxAge && { maxAge }) } as const,
  };
}
