import { type Answer, callServer } from "@/components/server/call-server";

const named = ["signed_out", "already_left", "offline", "no_answer", "disk_full"] as const;
export type SendProblem = (typeof named)[number] | "failed";

export type Outcome =
  | { kind: "saved" }
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "problem"; problem: SendProblem };

/**
 * As the person who typed it and nobody else, whoever is signed in by now. By a route and no action: its time-out also
 * ends the request, so one that hangs cannot arrive after what is decided next.
 */
export function sendLead(lead: unknown, personId: string): Promise<Outcome> {
  return post(`/api/leads?author=${personId}`, lead);
}

/** Other words for a lead that the server has; the same again changes nothing. */
export function sendCorrection(id: string, lead: unknown, personId: string): Promise<Outcome> {
  return post(`/api/leads/${id}?author=${personId}`, lead);
}

async function post(path: string, body: unknown): Promise<Outcome> {
  return toOutcome(await callServer({ route: { path, body } }));
}

function toOutcome(answer: Answer): Outcome {
  if (answer.ok) return { kind: "saved" };
  if (answer.code === "invalid") return { kind: "invalid", fields: answer.fields ?? {} };
  return { kind: "problem", problem: named.find((known) => known === answer.code) ?? "failed" };
}
