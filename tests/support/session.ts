import { z } from "zod";
import { ADMIN } from "./desk.ts";

/** Signs in as the page does and returns the session's cookies. */
export async function signInByRequest(url: string, person = ADMIN): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: toCookie(csrf) },
    body: new URLSearchParams({ ...person, csrfToken, json: "true" }),
  });
  return toCookie(answer);
}

function toCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
