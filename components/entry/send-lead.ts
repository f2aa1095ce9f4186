import type { Lead } from "@/lib/domain/lead/schema";
import { correctLead, submitLead } from "@/lib/leads/actions";

const WAIT_MS = 15_000;

export type SendProblem = "signed_out" | "already_left" | "offline" | "no_answer" | "failed";

export type Outcome =
  | { kind: "saved" }
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "problem"; problem: SendProblem };

const ways = {
  new: { act: submitLead, toPath: () => "/api/leads" },
  correction: { act: correctLead, toPath: ({ id }: Lead) => `/api/leads/${id}` },
};
type Way = keyof typeof ways;

// Actions wait in line: behind one that hangs every later one hangs too, until the page is loaded anew.
let isLineStuck = false;

/** Never throws. A tab from before a deployment holds an action that the new server does not know: the route does. */
export async function sendLead(lead: Lead, way: Way): Promise<Outcome> {
  const deadline = AbortSignal.timeout(WAIT_MS);
  const viaRoute = () => request(way, lead, deadline);
  try {
    const answer = isLineStuck ? viaRoute() : ways[way].act(lead).catch(viaRoute);
    return toOutcome(await Promise.race([answer, expiry(deadline)]));
  } catch (error) {
    isLineStuck ||= deadline.aborted;
    if (deadline.aborted) return { kind: "problem", problem: "no_answer" };
    // A fetch without a connection throws a TypeError; an answer that is not ours fails to parse.
    return { kind: "problem", problem: error instanceof TypeError ? "offline" : "failed" };
  }
}

async function request(way: Way, lead: Lead, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(ways[way].toPath(lead), {
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

/** By hand: the form must be able to send before zod, or without it. */
function toOutcome(answer: unknown): Outcome {
  if (typeof answer !== "object" || answer === null || !("ok" in answer)) throw new Error("not an answer");
  if (answer.ok === true) return { kind: "saved" };
  const code = "code" in answer ? answer.code : undefined;
  if (code === "invalid")
    return { kind: "invalid", fields: "fields" in answer ? toFields(answer.fields) : {} };
  return { kind: "problem", problem: named.find((known) => known === code) ?? "failed" };
}

function toFields(fields: unknown): Record<string, string> {
  const entries = Object.entries(fields ?? {}).map(([name, key]) => [name, String(key)]);
  return Object.fromEntries(entries);
}
