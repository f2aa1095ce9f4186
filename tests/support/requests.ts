import type { APIRequestContext, APIResponse } from "@playwright/test";

/** Signs in by next-auth's two requests, as the page does. */
export async function signInBy(
  request: APIRequestContext,
  url: string,
  person: { email: string; password: string },
): Promise<APIResponse> {
  return postToAuth(request, url, "callback/credentials", person);
}

export async function signOutBy(request: APIRequestContext, url: string): Promise<APIResponse> {
  return postToAuth(request, url, "signout", {});
}

async function postToAuth(
  request: APIRequestContext,
  url: string,
  path: string,
  form: Record<string, string>,
): Promise<APIResponse> {
  const csrf = await request.get(`${url}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  return request.post(`${url}/api/auth/${path}`, { form: { ...form, csrfToken, json: "true" } });
}
