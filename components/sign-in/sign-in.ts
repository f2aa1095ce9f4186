import * as z from "zod/mini";
import { WAIT_MS } from "@/components/server/call-server";
import { postAuth, readAddress } from "@/components/server/sign-on";
import { waits } from "@/lib/second-factor/schema";

/** `factor` and `set_up`: the password was right, and a second factor is to be given or set up. */
export type SignInResult =
  | { kind: "signed_in" | "factor" | "set_up" | "wrong" | "offline" | "failed" }
  | { kind: "wait"; seconds: number };

const sessionSchema = z.object({ waitsFor: z.optional(z.nullable(z.enum(waits))) });

/**
 * Uses next-auth's documented requests. Its own client leaves the page when the network fails, and loses what was typed.
 */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInResult> {
  try {
    const answer = await postAuth("callback/credentials", credentials);
    if (answer.status === 401) return toRefusal(await answer.json());
    if (!answer.ok) return { kind: "failed" };
    const session = await fetch("/api/auth/session", { signal: AbortSignal.timeout(WAIT_MS) });
    return { kind: sessionSchema.parse(await session.json()).waitsFor ?? "signed_in" };
  } catch (error) {
    return { kind: error instanceof TypeError ? "offline" : "failed" };
  }
}

/** next-auth puts the reason into the address to which it would redirect. */
function toRefusal(answer: unknown): SignInResult {
  const reason = new URL(readAddress(answer)).searchParams.get("error");
  const seconds = /^wait:(\d+)$/.exec(reason ?? "")?.[1];
  return seconds ? { kind: "wait", seconds: Number(seconds) } : { kind: "wrong" };
}

/** A page of ours, or home. A link must not lead to another site after sign-in. */
export function toOwnPage(address: string | undefined, origin: string): string {
  if (!address || !URL.canParse(address, origin)) return "/";
  // The whole address instead of its path: a path that starts with // would name another host.
  const { href } = new URL(address, origin);
  return href.startsWith(`${origin}/`) ? href : "/";
}
