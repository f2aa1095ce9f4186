import { type Answer, callServer } from "@/components/server/call-server";
import type { Lead } from "@/lib/domain/lead/schema";
import { correctLead, submitLead } from "@/lib/leads/actions";
import type { SendProblem } from "./entry-state";

const named = ["signed_out", "already_left", "offline", "no_answer"] as const;

export type Outcome =
  | { kind: "saved" }
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "problem"; problem: SendProblem };

const ways = {
  new: { action: submitLead, toPath: () => "/api/leads" },
  correction: { action: correctLead, toPath: ({ id }: Lead) => `/api/leads/${id}` },
};

export async function sendLead(lead: Lead, way: keyof typeof ways): Promise<Outcome> {
  const { action, toPath } = ways[way];
  return toOutcome(
    await callServer({ action: () => action(lead), route: { path: toPath(lead), body: lead } }),
  );
}

function toOutcome(answer: Answer): Outcome {
  if (answer.ok) return { kind: "saved" };
  if (answer.code === "invalid") return { kind: "invalid", fields: answer.fields ?? {} };
  return { kind: "problem", problem: named.find((known) => known === answer.code) ?? "failed" };
}
