import type { Practice } from "../../practice/server.ts";

export const FORMS = "/api/v4/leads/unsorted/forms";

/** One request to a practice Kommo with its token. Redirects are not followed. */
export function callPractice(practice: Practice, path: string, init: RequestInit = {}) {
  const headers = { authorization: `Bearer ${practice.token}` };
  return fetch(practice.url + path, { redirect: "manual", ...init, headers });
}

export function postItems(practice: Practice, items: unknown, signal?: AbortSignal) {
  const body = JSON.stringify(items);
  return callPractice(practice, FORMS, { method: "POST", body, ...(signal ? { signal } : {}) });
}

export async function readPractice(practice: Practice, path: string) {
  return (await callPractice(practice, `/api/v4${path}`)).json();
}
