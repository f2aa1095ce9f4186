"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type FieldErrors, useForm } from "react-hook-form";
import { type Lead, type LeadField, leadFields, leadSchema, moreFields } from "@/lib/leads/schema";
import { firstWrong } from "./lead-input";
import { RECENT_LEADS } from "./lead-tray";
import { newId, newLead, readTyped } from "./new-lead";
import { type Outcome, type SendProblem, sendLead } from "./send-lead";

export type Progress = "typing" | "saving" | "saved" | SendProblem;

export function useLeadForm() {
  const queries = useQueryClient();
  const more = useRef<HTMLDetailsElement>(null);
  const [progress, setProgress] = useState<Progress>("typing");
  const [fresh] = useState(() => newLead(readTyped()));
  const form = useForm<Lead>({
    defaultValues: fresh,
    resolver: zodResolver(leadSchema),
    shouldFocusError: false,
  });
  const { setFocus } = form;

  useEffect(() => {
    const isFree = document.activeElement === document.body;
    if (isFree && matchMedia("(pointer: fine)").matches) setFocus("phone");
  }, [setFocus]);

  const focusFirstWrong = (fields: FieldErrors<Lead> | Record<string, string>) => {
    const field = firstWrong(fields);
    if (!field) return;
    if (more.current && isInMore(field)) more.current.open = true;
    setFocus(field);
  };

  const startNext = (sent: Lead) => {
    // What was typed while the answer was on its way belongs to the next lead.
    const typed = form.getValues();
    const later = leadFields.filter((field) => typed[field] !== sent[field]);
    const next = newLead(Object.fromEntries(later.map((field) => [field, typed[field]])));
    form.reset(next, { keepFieldsRef: true });
    setFocus("phone");
    void queries.invalidateQueries({ queryKey: RECENT_LEADS });
  };

  const settle = (outcome: Outcome, sent: Lead) => {
    if (outcome.kind === "saved") {
      setProgress("saved");
      return startNext(sent);
    }
    if (outcome.kind === "problem") return setProgress(outcome.problem);

    setProgress(firstWrong(outcome.fields) ? "typing" : "failed");
    for (const field of leadFields) {
      const message = outcome.fields[field];
      if (message) form.setError(field, { message });
    }
    focusFirstWrong(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = { ...form.getValues() };
    setProgress("saving");
    settle(await sendLead(lead, isProblem(progress)), sent);
  }, focusFirstWrong);

  /** A second press while the first is on its way does nothing. */
  const submit = () => (progress === "saving" ? undefined : send());

  const submitAgain = () => {
    if (progress === "already_left") form.setValue("id", newId());
    return submit();
  };

  return { form, more, progress, submit, submitAgain };
}

export function isProblem(progress: Progress): progress is SendProblem {
  return progress !== "typing" && progress !== "saving" && progress !== "saved";
}

function isInMore(field: LeadField): boolean {
  return moreFields.some((more) => more === field);
}
