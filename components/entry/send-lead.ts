import { type Answer, callServer } from "@/components/server/call-server";
import type { Lead } from "@/lib/domain/lead/schema";
import type { SendProblem } from "./entry-state";
import { loadChecks } from "./lazy/load";

const named = ["signed_out", "already_left", "offline", "no_answer"] as const;

export type Outcome =
  | { kind: "saved" }
  | { kind: "invalid"; fields: Record<string, string> }
  | { kind: "problem"; problem: SendProblem };

const ways = {
  new: { name: "submitLead", toPath: () => "/api/leads" },
  correction: { name: "correctLead", toPath: ({ id }: Lead) => `/api/leads/${id}` },
} as const;

export async function sendLead(lead: Lead, way: keyof typeof ways): Promise<Outcome> {
  const { name, toPath } = ways[way];
  const action = (await loadChecks())?.[name];
  return toOutcome(
    await callServer({
      action: action && (() => action(lead)),
      route: { path: toPath(lead), body: lead },
    }),
  );
}

function toOutcome(answer: Answer): Outcome {
  if (answer.ok) return { kind: "saved" };
  if (answer.code === "invalid") return { kind: "invalid", fields: answer.fields ?? {} };
  return { kind: "problem", problem: named.find((known) => known === answer.code) ?? "failed" };
}
