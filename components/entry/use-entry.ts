"use client";

import { useEffect, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { actOnLead } from "@/components/lead/act-on-lead";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { useDraft } from "./draft/use-draft";
import { needsNewId, toEntryState } from "./entry-state";
import { listShown, listWrong } from "./fields/inputs";
import { useFocus } from "./fields/use-focus";
import { loadChecks } from "./lazy/load";
import { type LeadForm, newId, newLead, type TypedLead, withCustom } from "./typed-lead";
import { type EntryStore, useEntryState } from "./use-entry-state";
import { useNotes } from "./use-notes";
import { usePaste } from "./use-paste";
import { usePrefill } from "./use-prefill";
import { type Pressed, useSending } from "./use-sending";

export type EntryOptions = {
  personId: string;
  rules: FormFields;
  /** A saved lead that goes on as the same lead; without it each lead is a new one. */
  toCorrect?: LeadToCorrect;
  isAfterSaving: boolean;
  isMoreOpen: boolean;
  /** The most used first. */
  sources: string[];
  onSaved: () => void;
  onDone: (isSaved: boolean) => void;
};

/** The state of the form, its values, and the effects around them. */
export function useEntry({ personId, toCorrect, sources, onSaved, onDone, ...start }: EntryOptions) {
  const { rules } = start;
  const [state, store] = useEntryState(() => toEntryState({ ...start, correcting: toCorrect }));
  const [defaultValues] = useState(() =>
    withCustom(
      newLead(toCorrect && { ...toCorrect.values, custom: toCorrect.custom, id: toCorrect.id }),
      rules,
    ),
  );
  const [pressed] = useState<Pressed>(() => ({ lead: undefined }));
  const [resolver] = useState(() => toLazyResolver(rules, pressed));
  const form = useForm<TypedLead>({ defaultValues, resolver, shouldFocusError: false });

  useFocus(state);
  const prefill = usePrefill(form, store, personId, toCorrect === undefined);
  const draft = useDraft(form, store, { personId, leadId: toCorrect?.id });
  useCorrection(form, store, toCorrect);
  useChanges(form, store, draft.save);
  const notes = useNotes(form, store, rules.defaultCountry);
  const undoPaste = usePaste(form, store, { sources, check: notes.check });
  const sending = useSending(form, store, { toCorrect, draft, prefill, pressed, onSaved, onDone });

  return {
    form,
    state,
    dispatch: store.dispatch,
    acts: { ...prefill, ...notes, ...sending, undoPaste },
  };
}

export type EntryActs = ReturnType<typeof useEntry>["acts"];

/** The only subscription to the values: it tells the state of each change, and saves the draft. */
function useChanges(form: LeadForm, { get, dispatch }: EntryStore, saveDraft: () => void): void {
  const { subscribe, setValue } = form;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name, type, values }) => {
          const isByHand = type === "change";
          saveDraft();
          dispatch({ type: "changed", name, isByHand, values, at: Date.now() });
          if (get().hasInput) void loadChecks();
          if (isByHand && name === "phone") setValue("phone_raw", undefined);
          if (!needsNewId(get(), values, isByHand)) return;
          setValue("id", newId());
          setValue("anyway", undefined);
        },
      }),
    [subscribe, setValue, saveDraft, get, dispatch],
  );
}

/** Pauses the hold of a lead that is corrected. If the lead has left already, the person learns it before typing. */
function useCorrection(form: LeadForm, { dispatch }: EntryStore, toCorrect: LeadToCorrect | undefined): void {
  const { setError } = form;
  useEffect(() => {
    const isFree = document.activeElement === document.body && matchMedia("(pointer: fine)").matches;
    const wrong = listWrong(Object.fromEntries((toCorrect?.wrong ?? []).map((name) => [name, name])));
    for (const name of wrong) setError(name, { message: "refused" });
    const first = listShown(wrong)[0] ?? (isFree ? "phone" : undefined);
    dispatch({ type: "opened", correcting: toCorrect, first });
    if (toCorrect?.state !== "held") return;
    void actOnLead(toCorrect.id, "pause").then((problem) =>
      dispatch({ type: "pause_answered", hasLeft: problem === "already_left" }),
    );
  }, [toCorrect, setError, dispatch]);
}

/** The rules come with the first input instead of with the page. */
function toLazyResolver(rules: FormFields, pressed: Pressed): Resolver<TypedLead> {
  return async (typed, context, options) => {
    const lead = pressed.lead ?? typed;
    const checks = await loadChecks();
    return checks ? checks.toResolver(rules)(lead, context, options) : { values: lead, errors: {} };
  };
}
