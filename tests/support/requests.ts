import type { APIRequestContext, APIResponse } from "@playwright/test";

/** Signs in by next-auth's two requests, as the page does. */
export async function signInBy(
  request: APIRequestContext,
  url: string,
  person: { email: string; password: string },
): Promise<APIResponse> {
  const csrf = await request.get(`${url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  return request.post(`${url}/api/auth/callback/credentials`, {
    form: { ...person, csrfToken, json: "true" },
  });
}
