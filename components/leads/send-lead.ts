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

// Actions wait in line: behind one that hangs every later one hangs too, until the page is loaded anew.
let isLineStuck = false;

/** Never throws. A tab from before a deployment holds an action that the new server does not know: the route does. */
export async function sendLead(lead: Lead): Promise<Outcome> {
  const deadline = AbortSignal.timeout(WAIT_MS);
  const viaRoute = () => post(lead, deadline);
  try {
    const answer = isLineStuck ? viaRoute() : submitLead(lead).catch(viaRoute);
    return toOutcome(await Promise.race([answer, expiry(deadline)]));
  } catch (error) {
    isLineStuck ||= deadline.aborted;
    if (deadline.aborted) return { kind: "problem", problem: "no_answer" };
    // A fetch without a connection throws a TypeError; an answer that is not ours fails to parse.
    return { kind: "problem", problem: error instanceof TypeError ? "offline" : "failed" };
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
