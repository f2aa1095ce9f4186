import { z } from "zod";
import { ADMIN } from "./desk.ts";

/** Signs in as the page does and returns the session's cookies. */
export async function signInByRequest(url: string, person = ADMIN): Promise<string> {
  return toCookie(await sendCredentials(url, person));
}

/** `more`: headers of a browser at an https address, or with cookies of its own. */
export async function sendCredentials(
  url: string,
  person = ADMIN,
  { cookie = "", ...more }: Record<string, string> = {},
): Promise<Response> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  return fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { ...more, cookie: `${toCookie(csrf)}; ${cookie}` },
    body: new URLSearchParams({ ...person, csrfToken, json: "true" }),
  });
}

function toCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
