"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { type Lead, type LeadField, leadFields, leadSchema, moreFields } from "@/lib/leads/schema";
import { isEmpty, readDraft, saveDraft } from "./draft";
import { firstWrong } from "./lead-input";
import { RECENT_LEADS } from "./lead-tray";
import { newId, newLead } from "./new-lead";
import { type Outcome, type SendProblem, sendLead } from "./send-lead";

export type Progress = "typing" | "saving" | "saved" | SendProblem;

export function useLeadForm(personId: string) {
  const queries = useQueryClient();
  const more = useRef<HTMLDetailsElement>(null);
  const [progress, showProgress] = useState<Progress>("typing");
  // Two presses can come before React has shown the first one's "saving".
  const current = useRef(progress);
  const [fresh] = useState(() => newLead(readDraft(personId)));
  const form = useForm<Lead>({
    defaultValues: fresh,
    resolver: zodResolver(leadSchema),
    shouldFocusError: false,
  });
  const { setValue, subscribe } = form;

  const setProgress = useCallback((next: Progress) => {
    current.current = next;
    showProgress(next);
  }, []);

  useEffect(() => {
    openMoreFor(more.current, (field) => fresh[field] !== "");
    const isFree = document.activeElement === document.body;
    if (isFree && matchMedia("(pointer: fine)").matches) focusOn("phone");
  }, [fresh]);

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, type }) => {
          saveDraft(personId, values);
          if (type !== "change") return;
          if (current.current === "saved") setProgress("typing");
          // Who wipes the form goes on to another lead; under the old id it would overwrite one that was saved unseen.
          if (isEmpty(values)) setValue("id", newId());
        },
      }),
    [subscribe, setValue, personId, setProgress],
  );

  const showWrong = (fields: object) => {
    openMoreFor(more.current, (field) => field in fields);
    const first = firstWrong(fields);
    if (first) focusOn(first);
    setProgress(first ? "typing" : "failed");
  };

  const startNext = (sent: Lead) => {
    // What was typed while the answer was on its way belongs to the next lead.
    const typed = form.getValues();
    const later = leadFields.filter((field) => typed[field] !== sent[field]);
    form.reset(newLead(Object.fromEntries(later.map((field) => [field, typed[field]]))), {
      keepFieldsRef: true,
    });
    setProgress("saved");
    if (later.length === 0) focusOn("phone");
    void queries.invalidateQueries({ queryKey: RECENT_LEADS });
  };

  const settle = (outcome: Outcome, sent: Lead) => {
    if (outcome.kind === "saved") return startNext(sent);
    if (outcome.kind === "problem") return setProgress(outcome.problem);

    for (const field of leadFields) {
      const message = outcome.fields[field];
      if (message) form.setError(field, { message });
    }
    showWrong(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = { ...form.getValues() };
    settle(await sendLead(lead), sent);
  }, showWrong);

  /** A second press does nothing, be it while the first is on its way or on the empty form after it. */
  const submit = async () => {
    const isDone = current.current === "saved" && isEmpty(form.getValues());
    if (isDone || current.current === "saving") return;
    setProgress("saving");
    await send();
  };

  const submitAgain = () => {
    if (progress === "already_left") setValue("id", newId());
    return submit();
  };

  return { form, more, progress, submit, submitAgain };
}

export function isProblem(progress: Progress): progress is SendProblem {
  return progress !== "typing" && progress !== "saving" && progress !== "saved";
}

/** What is wrong, or was typed, must not hide in a folded *More*. */
function openMoreFor(more: HTMLDetailsElement | null, isToShow: (field: LeadField) => boolean): void {
  if (more && moreFields.some(isToShow)) more.open = true;
}

/** At once, where react-hook-form's own way is a moment later and may take the focus from a field just reached. */
function focusOn(field: LeadField): void {
  document.getElementById(`lead-${field}`)?.focus();
}
