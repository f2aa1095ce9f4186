"use client";

import { useEffect, useState } from "react";
import { type Resolver, useForm } from "react-hook-form";
import { newId } from "@/components/ui/new-id";
import { toCorrectionRules } from "@/lib/domain/mapping/form/to-correction-rules";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { useDraft } from "./draft/use-draft";
import { type Done, type LeadInForm, needsNewId, toCorrected, toEntryState } from "./entry-state";
import { listShown } from "./fields/inputs";
import { useFocus } from "./fields/use-focus";
import { loadChecks, loadParts } from "./lazy/load";
import { type InputName, type LeadForm, newLead, type TypedLead, withCustom } from "./typed-lead";
import { type EntryStore, useEntryState } from "./use-entry-state";
import { useNotes } from "./use-notes";
import { usePaste } from "./use-paste";
import { usePrefill } from "./use-prefill";
import { type Pressed, useSending } from "./use-sending";

export type EntryOptions = {
  personId: string;
  rules: FormFields;
  /** Goes on as the same lead; without it each lead is a new one. */
  toCorrect?: LeadInForm;
  after: Done | undefined;
  isMoreOpen: boolean;
  /** The most used first. */
  sources: string[];
  onSaved: () => void;
  /** Undefined: the lead was left as it is. */
  onDone: (done: Done | undefined) => void;
};

/** The state of the form, its values, and the effects around them. */
export function useEntry({ personId, toCorrect, sources, onSaved, onDone, ...start }: EntryOptions) {
  const [rules] = useState(() => toRules(start.rules, toCorrect));
  const [state, store] = useEntryState(() => toEntryState({ ...start, rules, correcting: toCorrect }));
  const [defaultValues] = useState(() => withCustom(newLead(toCorrect && toTyped(toCorrect)), rules));
  const [pressed] = useState<Pressed>(() => ({ lead: undefined }));
  const [resolver] = useState(() => toLazyResolver(rules, pressed, toCorrect?.byForm));
  const form = useForm<TypedLead>({ defaultValues, resolver, shouldFocusError: false });

  useFocus(state);
  const prefill = usePrefill(form, store, personId, toCorrect === undefined);
  const draft = useDraft(form, store, { personId, leadId: toCorrect?.id });
  useCorrection(store, rules, toCorrect);
  useChanges(form, store, draft.save);
  const notes = useNotes(form, store, rules.defaultCountry);
  const paste = usePaste(form, store, { sources, check: notes.check });
  const sending = useSending(form, store, {
    ...{ personId, toCorrect, draft, prefill, pressed, onSaved, onDone },
  });

  return {
    form,
    state,
    dispatch: store.dispatch,
    acts: { ...prefill, ...notes, ...sending, ...paste },
  };
}

export type EntryActs = ReturnType<typeof useEntry>["acts"];

/** The only subscription to the values: it tells the state of each change, and saves the draft. */
function useChanges(form: LeadForm, { get, dispatch }: EntryStore, saveDraft: () => void): void {
  const { subscribe, setValue, getFieldState, clearErrors } = form;
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
          const input = name as InputName | undefined;
          if (isByHand && input && getFieldState(input).error?.type === "refused") clearErrors(input);
          if (!needsNewId(get(), values, isByHand)) return;
          setValue("id", newId());
          for (const own of ["anyway", "consent_version"] as const) setValue(own, undefined);
        },
      }),
    [subscribe, setValue, getFieldState, clearErrors, saveDraft, get, dispatch],
  );
}

/** Pauses the hold of a lead that is corrected. If the lead has left already, the person learns it before typing. */
function useCorrection(
  { dispatch }: EntryStore,
  { start }: FormFields,
  toCorrect: LeadInForm | undefined,
): void {
  useEffect(() => {
    const isFree = document.activeElement === document.body && matchMedia("(pointer: fine)").matches;
    const first = listShown((toCorrect?.wrong ?? []) as InputName[])[0] ?? (isFree ? start : undefined);
    dispatch({ type: "opened", correcting: toCorrect, first });
    if (toCorrect?.state !== "held") return;
    const { id } = toCorrect;
    void loadParts()
      .then((parts) => parts.actOnLead(id, "pause"))
      .catch(() => undefined)
      .then((problem) => dispatch({ type: "pause_answered", hasLeft: problem === "already_left" }));
  }, [toCorrect, dispatch, start]);
}

/** The rules come with the first input instead of with the page. */
function toLazyResolver(
  rules: FormFields,
  pressed: Pressed,
  byForm: boolean | undefined,
): Resolver<TypedLead> {
  return async (typed, context, options) => {
    const lead = pressed.lead ?? typed;
    const checks = await loadChecks();
    return checks ? checks.toResolver(rules, byForm)(lead, context, options) : { values: lead, errors: {} };
  };
}

function toTyped({ id, nextId, values, custom, contact }: LeadInForm): Partial<TypedLead> {
  const chosen = contact === undefined ? undefined : { phone: values.phone ?? "", contact };
  return { ...values, custom, id: nextId ?? id, chosen };
}

/** A lead that was saved before keeps its consent, so a correction does not ask for it. */
function toRules(rules: FormFields, toCorrect: LeadInForm | undefined): FormFields {
  const corrected = toCorrected(toCorrect);
  return corrected ? { ...toCorrectionRules(rules, corrected), consent: undefined } : rules;
}
