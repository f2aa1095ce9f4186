import { z } from "zod";
import { submitLead } from "@/lib/leads/actions";
import type { Lead } from "@/lib/leads/schema";

const WAIT_MS = 15_000;

const answerSchema = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({
    ok: z.literal(false),
    code: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
]);

export type SendProblem = "signed_out" | "already_left" | "offline" | "no_answer" | "failed";

export type Outcome =
  | { kind: "saved" }
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "problem"; problem: SendProblem };

/**
 * Never throws. A retry takes the plain route: a second action would wait in line behind one that hangs. The route
 * also answers a tab from before a deployment, whose action the new server does not know.
 */
export async function sendLead(lead: Lead, isRetry: boolean): Promise<Outcome> {
  const deadline = AbortSignal.timeout(WAIT_MS);
  try {
    return toOutcome(isRetry ? await post(lead, deadline) : await act(lead, deadline));
  } catch (error) {
    if (deadline.aborted) return { kind: "problem", problem: "no_answer" };
    // A fetch without a connection throws a TypeError; an answer that is not ours fails to parse.
    return { kind: "problem", problem: error instanceof TypeError ? "offline" : "failed" };
  }
}

async function act(lead: Lead, deadline: AbortSignal): Promise<unknown> {
  try {
    return await Promise.race([submitLead(lead), expiry(deadline)]);
  } catch (error) {
    if (deadline.aborted) throw error;
    return post(lead, deadline);
  }
}

async function post(lead: Lead, signal: AbortSignal): Promise<unknown> {
  const response = await fetch("/api/leads", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(lead),
    signal,
  });
  return response.json();
}

function expiry(deadline: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    deadline.addEventListener("abort", () => reject(deadline.reason));
  });
}

const named = ["signed_out", "already_left"] as const;

function toOutcome(answer: unknown): Outcome {
  const result = answerSchema.parse(answer);
  if (result.ok) return { kind: "saved" };
  if (result.code === "invalid") return { kind: "invalid", fields: result.fields ?? {} };
  return { kind: "problem", problem: named.find((code) => code === result.code) ?? "failed" };
}
