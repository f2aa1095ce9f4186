import { requestProof } from "./request-proof";

export const WAIT_MS = 15_000;
/** For what asks Kommo before it answers, and waits for a request slot first. */
export const KOMMO_WAIT_MS = 60_000;

export type Answer<T = unknown> =
  | { ok: true; value: T }
  | { ok: false; code: string; fields?: Record<string, string> };

/** An address that stays the same over deployments. */
export type Route = { path: string; method?: "GET" | "POST"; body?: unknown };

type Call<T> = ({ action: () => Promise<Answer<T>> } | { route: Route }) & { waitMs?: number };

/**
 * The only way to the server from the browser. Never throws; codes of its own: `offline`, `no_answer`, `failed`. Where the
 * server wants to be sure who is there, the person is asked, and the call goes on.
 */
export async function callServer<T>(call: Call<T>): Promise<Answer<T>> {
  const answer = await callOnce(call);
  const isAsked = !answer.ok && answer.code === "proof_needed";
  return isAsked && (await requestProof()) ? callOnce(call) : answer;
}

async function callOnce<T>({ waitMs = WAIT_MS, ...call }: Call<T>): Promise<Answer<T>> {
  const deadline = AbortSignal.timeout(waitMs);
  try {
    const answer = "route" in call ? request<T>(call.route, deadline) : call.action();
    return toAnswer(await Promise.race([answer, untilDeadline(deadline)]));
  } catch (error) {
    if (deadline.aborted) return { ok: false, code: "no_answer" };
    // A fetch without a connection throws a TypeError; an answer that is not ours fails to parse.
    return { ok: false, code: error instanceof TypeError ? "offline" : "failed" };
  }
}

/** The code of a failure; undefined when all went well. */
export async function toFailureCode(answer: Promise<Answer>): Promise<string | undefined> {
  const answered = await answer;
  return answered.ok ? undefined : answered.code;
}

async function request<T>({ path, method = "POST", body }: Route, signal: AbortSignal): Promise<Answer<T>> {
  const response = await fetch(path, {
    method,
    signal,
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const answer = await response.json();
  if (typeof answer?.ok === "boolean") return answer;
  // A route that reads answers the value alone, or the code of what went wrong.
  return response.ok ? { ok: true, value: answer } : { ok: false, code: String(answer?.code ?? "failed") };
}

function untilDeadline(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    deadline.addEventListener("abort", () => reject(deadline.reason));
  });
}

/** By hand: a form must be able to send before zod is loaded, or without it. */
function toAnswer<T>(answer: Answer<T> | undefined): Answer<T> {
  if (typeof answer?.ok !== "boolean") throw new Error("not an answer");
  return answer;
}
