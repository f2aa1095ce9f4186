import { type Answer, callServer } from "@/components/server/call-server";

/** The saved lead is no longer what was opened, so that these words can only be another lead. */
export const otherLeadProblems = ["already_left", "changed_meanwhile", "not_found"] as const;
const named = [...otherLeadProblems, "signed_out", "offline", "no_answer", "disk_full"] as const;
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

/** Other words for a lead that the server has, and how that was when it was opened; the same again changes nothing. */
export function sendCorrection(correction: { id: string; opened: unknown }, personId: string) {
  return post(`/api/leads/${correction.id}?author=${personId}`, correction);
}

async function post(path: string, body: unknown): Promise<Outcome> {
  return toOutcome(await callServer({ route: { path, body } }));
}

function toOutcome(answer: Answer): Outcome {
  if (answer.ok) return { kind: "saved" };
  if (answer.code === "invalid") return { kind: "invalid", fields: answer.fields ?? {} };
  return { kind: "problem", problem: named.find((known) => known === answer.code) ?? "failed" };
}
