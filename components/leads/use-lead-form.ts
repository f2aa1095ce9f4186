"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { type Lead, leadFields, moreFields } from "@/lib/leads/schema";
import type { FormFields } from "@/lib/mapping/schema";
import { isEmpty, readDraft, saveDraft } from "./draft";
import { firstWrong, type InputName, listWrong, toCustomName } from "./lead-input";
import { RECENT_LEADS } from "./lead-tray";
import { newId, newLead } from "./new-lead";
import { type Outcome, type SendProblem, sendLead } from "./send-lead";
import { toResolver } from "./to-resolver";

export type Progress = "typing" | "saving" | "saved" | SendProblem;

export function useLeadForm(personId: string, rules: FormFields) {
  const queries = useQueryClient();
  const more = useRef<HTMLDetailsElement>(null);
  const [progress, showProgress] = useState<Progress>("typing");
  // Two presses can come before React has shown the first one's "saving".
  const current = useRef(progress);
  const [fresh] = useState(() => withCustom(newLead(readDraft(personId)), rules));
  const [resolver] = useState(() => toResolver(rules));
  const form = useForm<Lead>({
    defaultValues: fresh,
    resolver,
    shouldFocusError: false,
  });
  const { setValue, subscribe } = form;

  const setProgress = useCallback((next: Progress) => {
    current.current = next;
    showProgress(next);
  }, []);

  useEffect(() => {
    openMoreFor(more.current, listTyped(fresh));
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
    const wrong = listWrong(fields);
    openMoreFor(more.current, wrong);
    const first = firstWrong(wrong);
    if (first) focusOn(first);
    setProgress(first ? "typing" : "failed");
  };

  const startNext = (sent: Lead) => {
    // What was typed while the answer was on its way belongs to the next lead.
    const typed = form.getValues();
    const later = leadFields.filter((field) => typed[field] !== sent[field]);
    const custom = Object.entries(typed.custom ?? {}).filter(
      ([key, value]) => !isSame(value, sent.custom?.[key]),
    );
    const next = Object.fromEntries(later.map((field) => [field, typed[field]]));
    const fresh = newLead({ ...next, custom: Object.fromEntries(custom) });
    form.reset(withCustom(fresh, rules), { keepFieldsRef: true });
    setProgress("saved");
    if (later.length + custom.length === 0) focusOn("phone");
    void queries.invalidateQueries({ queryKey: RECENT_LEADS });
  };

  const settle = (outcome: Outcome, sent: Lead) => {
    if (outcome.kind === "saved") return startNext(sent);
    if (outcome.kind === "problem") return setProgress(outcome.problem);

    for (const field of listWrong(outcome.fields)) {
      form.setError(field, { message: outcome.fields[field] });
    }
    showWrong(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = structuredClone(form.getValues());
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
function openMoreFor(more: HTMLDetailsElement | null, toShow: readonly InputName[]): void {
  const isInside = toShow.some(
    (name) =>
      moreFields.some((field) => field === name) || more?.contains(document.getElementById(toId(name))),
  );
  if (more && isInside) more.open = true;
}

/** At once, where react-hook-form's own way is a moment later and may take the focus from a field just reached. */
function focusOn(name: InputName): void {
  document.getElementById(toId(name))?.focus();
}

function toId(name: InputName): string {
  return `lead-${name}`;
}

/** Every field of the form has a value from the start, if an empty one: an input cannot begin without. */
function withCustom(lead: Lead, rules: FormFields): Lead {
  const empty = rules.custom.map(({ key, kind }) => [key, kind === "multiselect" ? [] : ""] as const);
  return { ...lead, custom: { ...Object.fromEntries(empty), ...lead.custom } };
}

function listTyped(lead: Lead): InputName[] {
  const custom = Object.entries(lead.custom ?? {}).filter(([, value]) => value.length > 0);
  return [...leadFields.filter((field) => lead[field] !== ""), ...custom.map(([key]) => toCustomName(key))];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
