"use client";

import { useState } from "react";
import { type LeadToCorrect, leadToCorrectSchema } from "@/lib/domain/lead/schema";
import { type Act, type ActProblem, actOnLead, fetchLeadToCorrect } from "./act-on-lead";

type Acts = { onCorrect: (lead: LeadToCorrect) => void; onDone: () => unknown };

/** Presses of the tray. What did not happen is said at its lead, and the list looks anew in any case. */
export function useActs({ onCorrect, onDone }: Acts) {
  const [problem, setProblem] = useState<{ id: string; problem: ActProblem }>();

  const show = (id: string, found: ActProblem | undefined) => {
    setProblem(found && { id, problem: found });
    onDone();
  };
  const run = async (id: string, act: Act) => show(id, await actOnLead(id, act));
  const edit = async (id: string) => {
    const fetched = await fetchLeadToCorrect(id);
    if ("problem" in fetched) return show(id, fetched.problem);
    onCorrect(leadToCorrectSchema.parse(fetched.lead));
    show(id, undefined);
  };

  return { problem, run, edit };
}
