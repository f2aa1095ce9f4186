import { type Answer, callServer, toFailureCode } from "@/components/server/call-server";

/** What its author can do to a saved lead; a route each, so that a page from before a deployment can do it too. */
export type LeadAct = "pause" | "resume" | "send-now" | "withdraw";
const named = ["already_left", "signed_out", "offline"] as const;
export type LeadActProblem = (typeof named)[number] | "failed";

/** Undefined: done. */
export async function actOnLead(id: string, act: LeadAct): Promise<LeadActProblem | undefined> {
  return toProblem(await toFailureCode(callServer({ route: { path: `/api/leads/${id}/${act}` } })));
}

/** The lead as it goes back into the form, unparsed. */
export function fetchLeadToCorrect(id: string): Promise<Answer> {
  return callServer({ route: { path: `/api/leads/${id}`, method: "GET" } });
}

export function toProblem(code: string | undefined): LeadActProblem | undefined {
  if (code === undefined) return undefined;
  // For a press in the list it is the same: nobody answered, and the lead is safe.
  if (code === "no_answer") return "offline";
  return named.find((known) => known === code) ?? "failed";
}
