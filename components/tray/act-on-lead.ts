const WAIT_MS = 15_000;

export type Act = "pause" | "resume" | "send-now" | "withdraw";
export type ActProblem = "already_left" | "signed_out" | "offline" | "failed";

/** Never throws. Undefined: done. */
export async function actOnLead(id: string, act: Act): Promise<ActProblem | undefined> {
  try {
    const response = await call(`${id}/${act}`, "POST");
    return response.ok ? undefined : toProblem(response.status);
  } catch {
    return "offline";
  }
}

/** The lead as it goes back into the form, unread, or why it does not. */
export async function fetchLeadToCorrect(id: string): Promise<{ lead: unknown } | { problem: ActProblem }> {
  try {
    const response = await call(id, "GET");
    return response.ok ? { lead: await response.json() } : { problem: toProblem(response.status) };
  } catch {
    return { problem: "offline" };
  }
}

function call(path: string, method: "GET" | "POST"): Promise<Response> {
  return fetch(`/api/leads/${path}`, { method, signal: AbortSignal.timeout(WAIT_MS) });
}

function toProblem(status: number): ActProblem {
  if (status === 401) return "signed_out";
  return status === 409 ? "already_left" : "failed";
}
