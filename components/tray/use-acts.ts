"use client";

import { useState } from "react";
import {
  actOnLead,
  fetchLeadToCorrect,
  type LeadAct,
  type LeadActProblem,
  toProblem,
} from "@/components/lead/act-on-lead";
import { type LeadToCorrect, leadToCorrectSchema } from "@/lib/domain/lead/schema";

type Acts = { onCorrect: (lead: LeadToCorrect) => void; onDone: () => unknown };

/** The buttons of the tray. A failure is shown at its lead, and the list refreshes in any case. */
export function useActs({ onCorrect, onDone }: Acts) {
  const [problem, setProblem] = useState<{ id: string; problem: LeadActProblem }>();

  const show = (id: string, found: LeadActProblem | undefined) => {
    setProblem(found && { id, problem: found });
    onDone();
  };
  const run = async (id: string, act: LeadAct) => show(id, await actOnLead(id, act));
  const edit = async (id: string) => {
    const answer = await fetchLeadToCorrect(id);
    if (!answer.ok) return show(id, toProblem(answer.code));
    onCorrect(leadToCorrectSchema.parse(answer.value));
    show(id, undefined);
  };

  return { problem, run, edit };
}
