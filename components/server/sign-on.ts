import * as z from "zod/mini";
import { WAIT_MS } from "./call-server";

const csrfSchema = z.object({ csrfToken: z.string() });
const addressSchema = z.object({ url: z.url() });

/**
 * Returns the address where single sign-on starts; undefined when the server or the provider does not answer. `more` are
 * parameters for the provider.
 */
export async function findSignOn(
  callbackUrl: string,
  more: Record<string, string> = {},
): Promise<string | undefined> {
  try {
    const query = new URLSearchParams(more).toString();
    const answer = await postAuth(`signin/oidc${query && `?${query}`}`, { callbackUrl });
    return readAddress(await answer.json());
  } catch {
    return undefined;
  }
}

/** One of next-auth's requests, with the token that it wants. Throws without a connection. */
export async function postAuth(path: string, fields: Record<string, string>): Promise<Response> {
  const signal = AbortSignal.timeout(WAIT_MS);
  const csrf = await fetch("/api/auth/csrf", { signal });
  const { csrfToken } = csrfSchema.parse(await csrf.json());
  return fetch(`/api/auth/${path}`, {
    method: "POST",
    signal,
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
}

/** Where next-auth would redirect to. */
export function readAddress(answer: unknown): string {
  return addressSchema.parse(answer).url;
}
