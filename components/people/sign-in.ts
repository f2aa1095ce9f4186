import * as z from "zod/mini";

export type SignInResult = "signed_in" | "wrong" | "offline" | "failed";

const csrfSchema = z.object({ csrfToken: z.string() });

/**
 * next-auth's own client leaves the page when the network fails, and what was typed with it; these are its two
 * documented requests instead.
 */
export async function signIn(credentials: { email: string; password: string }): Promise<SignInResult> {
  try {
    const csrf = await fetch("/api/auth/csrf");
    const { csrfToken } = csrfSchema.parse(await csrf.json());
    const answer = await fetch("/api/auth/callback/credentials", {
      method: "POST",
      body: new URLSearchParams({ ...credentials, csrfToken, json: "true" }),
    });
    if (answer.status === 401) return "wrong";
    return answer.ok ? "signed_in" : "failed";
  } catch (error) {
    return error instanceof TypeError ? "offline" : "failed";
  }
}

/** A page of ours, or home: a link must not send a person elsewhere after signing in. */
export function toOwnPage(address: string | undefined, origin: string): string {
  if (!address || !URL.canParse(address, origin)) return "/";
  // The whole address, not its path: a path that begins with // would name another host.
  const { href } = new URL(address, origin);
  return href.startsWith(`${origin}/`) ? href : "/";
}
