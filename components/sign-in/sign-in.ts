import * as z from "zod/mini";
import { WAIT_MS } from "@/components/server/call-server";

export type SignInResult =
  | { kind: "signed_in" | "wrong" | "offline" | "failed" }
  | { kind: "wait"; seconds: number };

const csrfSchema = z.object({ csrfToken: z.string() });
const addressSchema = z.object({ url: z.url() });

/**
 * Uses next-auth's two documented requests. Its own client leaves the page when the network fails, and loses what was
 * typed.
 */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInResult> {
  try {
    const answer = await post("callback/credentials", credentials);
    if (answer.status === 401) return toRefusal(await answer.json());
    return { kind: answer.ok ? "signed_in" : "failed" };
  } catch (error) {
    return { kind: error instanceof TypeError ? "offline" : "failed" };
  }
}

/** Returns the address where single sign-on starts; undefined when the server or the provider does not answer. */
export async function findSignOn(callbackUrl: string): Promise<string | undefined> {
  try {
    const answer = await post("signin/oidc", { callbackUrl });
    return addressSchema.parse(await answer.json()).url;
  } catch {
    return undefined;
  }
}

async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const csrf = await fetch("/api/auth/csrf", { signal });
  const { csrfToken } = csrfSchema.parse(await csrf.json());
  return fetch(`/api/auth/${path}`, {
    method: "POST",
    signal,
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
}

/** next-auth puts the reason into the address to which it would redirect. */
function toRefusal(answer: unknown): SignInResult {
  const reason = new URL(addressSchema.parse(answer).url).searchParams.get("error");
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
