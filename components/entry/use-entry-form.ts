"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { useDraft } from "@/components/entry/draft/use-draft";
import { checkLater, loadRules } from "@/components/entry/fields/check-later";
import { firstWrong, type InputName, listWrong, type TypedLead } from "@/components/entry/fields/lead-input";
import { actOnLead } from "@/components/lead/act-on-lead";
import { leadFields, moreFields, type Reason } from "@/lib/domain/lead/fields";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { newId, newLead } from "./new-lead";
import { isEmpty } from "./prefill";
import { type Outcome, type SendProblem, sendLead } from "./send-lead";
import { usePrefill } from "./use-prefill";

export type Progress = "typing" | "saving" | "saved" | "cleared" | SendProblem;

export type LeadFormOptions = {
  personId: string;
  rules: FormFields;
  /** A saved lead that goes on as the same lead; without it each lead is a new one. */
  toCorrect?: LeadToCorrect;
  isAfterSaving: boolean;
  onSaved: () => void;
  onDone: (isSaved: boolean) => void;
};

export function useLeadForm(options: LeadFormOptions) {
  const { personId, rules, toCorrect, isAfterSaving, onSaved, onDone } = options;
  const more = useRef<HTMLDetailsElement>(null);
  const [progress, showProgress] = useState<Progress>(isAfterSaving ? "saved" : "typing");
  // Two presses can come before React has shown the first one's "saving".
  const current = useRef(progress);
  // When the form first held something of this lead's own; 0 is long ago, and no entry time to the server.
  const begun = useRef(0);
  const [fresh] = useState(() =>
    withCustom(
      newLead(toCorrect && { ...toCorrect.values, custom: toCorrect.custom, id: toCorrect.id }),
      rules,
    ),
  );
  const [resolver] = useState(() => checkLater(rules));
  const form = useForm<TypedLead>({ defaultValues: fresh, resolver, shouldFocusError: false });
  const { setError, setValue, subscribe } = form;
  const [cleared, setCleared] = useState<TypedLead>();

  const leadId = toCorrect?.id;
  const carrying = usePrefill(form, personId, leadId === undefined);
  const { prefill } = carrying;
  const showMore = useCallback((names: readonly InputName[]) => openMoreFor(more.current, names), []);
  const { save, drop, isReady } = useDraft(form, { personId, leadId, prefill, onRestore: showMore });

  const setProgress = useCallback((next: Progress) => {
    current.current = next;
    showProgress(next);
  }, []);

  useEffect(() => {
    const isFree = document.activeElement === document.body;
    const wrong = listWrong(Object.fromEntries((toCorrect?.wrong ?? []).map((name) => [name, name])));
    for (const name of wrong) setError(name, { message: "refused" });
    showMore([...wrong, ...moreFields.filter((field) => toCorrect?.values[field])]);
    const first = firstWrong(wrong);
    if (first) focusOn(first);
    else if (isFree && matchMedia("(pointer: fine)").matches) focusOn("phone");
  }, [toCorrect, setError, showMore]);

  useEffect(() => {
    if (toCorrect?.state !== "held") return;
    // The clock stands while it is corrected; too late is said at once, and not after the work. The correction waits for
    // it: a pause that came later would hold it up.
    const pause = actOnLead(toCorrect.id, "pause");
    isReady.current = Promise.all([pause, isReady.current]).then(([problem]) => {
      if (problem === "already_left") setProgress(problem);
    });
  }, [toCorrect, setProgress, isReady]);

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, type }) => {
          save();
          const isWiped = isEmpty({ ...values, rest: [] }, prefill.current);
          begun.current = isWiped ? 0 : begun.current || Date.now();
          // "Saved" does not stand beside words that are not, be they typed, pasted or of a draft.
          if (type !== "change" && isWiped) return;
          void loadRules();
          if (current.current === "saved" || current.current === "cleared") setProgress("typing");
          // Who wipes the form goes on to another lead; under the old id it would overwrite one that was saved unseen.
          if (!leadId && isWiped) {
            setValue("id", newId());
            setValue("anyway", undefined);
          }
        },
      }),
    [subscribe, setValue, save, setProgress, prefill, leadId],
  );

  const showWrong = (fields: object) => {
    const wrong = listWrong(fields);
    showMore(wrong);
    const first = firstWrong(wrong);
    if (first) focusOn(first);
    setProgress(first ? "typing" : "failed");
  };

  const begin = (typed: Partial<TypedLead>, next: Progress) => {
    begun.current = 0;
    form.reset(withCustom(newLead({ ...prefill.current, ...typed }), rules), { keepFieldsRef: true });
    save();
    setProgress(next);
  };

  const startNext = (sent: TypedLead) => {
    onSaved();
    if (leadId) {
      drop();
      return onDone(true);
    }
    // What was typed while the answer was on its way belongs to the next lead.
    const typed = form.getValues();
    const later = leadFields.filter((field) => typed[field] !== sent[field]);
    carrying.remember(sent);
    const custom = Object.entries(typed.custom ?? {}).filter(
      ([key, value]) => !isSame(value, sent.custom?.[key]),
    );
    const next = Object.fromEntries(later.map((field) => [field, typed[field]]));
    const rest = isSame(typed.rest, sent.rest) ? [] : typed.rest;
    begin({ ...next, custom: Object.fromEntries(custom), rest }, "saved");
    setCleared(undefined);
    if (later.length + custom.length === 0) focusOn("phone");
  };

  const settle = (outcome: Outcome, sent: TypedLead) => {
    if (outcome.kind === "saved") return startNext(sent);
    if (outcome.kind === "problem") return setProgress(outcome.problem);

    for (const name of listWrong(outcome.fields)) {
      form.setError(name, { message: outcome.fields[name] });
    }
    showWrong(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = structuredClone(form.getValues());
    settle(
      await sendLead(
        { ...lead, entry_ms: Date.now() - begun.current },
        lead.id === leadId ? "correction" : "new",
      ),
      sent,
    );
  }, showWrong);

  /** A second press does nothing, be it while the first is on its way or on the empty form after it. */
  const submit = async () => {
    const isDone = current.current === "saved" && isEmpty(form.getValues(), prefill.current);
    if (isDone || current.current === "saving") return;
    setProgress("saving");
    await isReady.current;
    await send();
  };

  const submitAgain = () => {
    if (progress === "already_left") setValue("id", newId());
    return submit();
  };

  const submitAnyway = (reason: Reason) => {
    setValue("anyway", reason);
    return submit();
  };

  const clear = () => {
    if (current.current === "saving") return;
    if (toCorrect) {
      drop();
      if (toCorrect.state === "held") void actOnLead(toCorrect.id, "resume").then(onSaved);
      return onDone(false);
    }
    if (isEmpty(form.getValues(), prefill.current)) return;
    setCleared(structuredClone(form.getValues()));
    begin({}, "cleared");
    focusOn("phone");
  };

  const bringBack = () => {
    if (!cleared) return;
    begin(cleared, "typing");
    setCleared(undefined);
  };

  return {
    form,
    more,
    progress,
    carrying,
    current,
    showMore,
    save,
    submit,
    submitAgain,
    submitAnyway,
    clear,
    bringBack,
  };
}

export function isProblem(progress: Progress): progress is SendProblem {
  return !["typing", "saving", "saved", "cleared"].includes(progress);
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
function withCustom(lead: TypedLead, rules: FormFields): TypedLead {
  const empty = rules.custom.map(({ key, kind }) => [key, kind === "multiselect" ? [] : ""] as const);
  return { ...lead, custom: { ...Object.fromEntries(empty), ...lead.custom } };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
