"use client";

import { actOnLead } from "@/components/lead/act-on-lead";
import type { Reason } from "@/lib/domain/lead/fields";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import { canSubmit, isReadyToSend, toPrefill } from "./entry-state";
import { listShown, listWrong } from "./fields/inputs";
import { type Outcome, sendLead } from "./send-lead";
import { isEmpty, type LeadForm, newId, newLead, type TypedLead, toNextLead, withCustom } from "./typed-lead";
import type { EntryStore } from "./use-entry-state";
import type { PrefillActs } from "./use-prefill";

/** The lead as it stood when it was sent: what is typed while it is checked and saved belongs to the next one. */
export type Pressed = { lead: TypedLead | undefined };

type SendingOptions = {
  pressed: Pressed;
  toCorrect: LeadToCorrect | undefined;
  draft: { save: () => void; drop: () => void };
  prefill: PrefillActs;
  onSaved: () => void;
  onDone: (isSaved: boolean) => void;
};

/** What sends the lead, empties the form and brings it back. */
export function useSending(form: LeadForm, store: EntryStore, options: SendingOptions) {
  const { toCorrect, draft, prefill, pressed, onSaved, onDone } = options;
  const { get, dispatch, until } = store;

  const reject = (fields: object) => {
    pressed.lead = undefined;
    const wrong = listWrong(fields);
    dispatch({ type: "rejected", wrong, first: listShown(wrong)[0] });
  };

  const reset = (typed: Partial<TypedLead>) => {
    dispatch({ type: "reset" });
    const lead = newLead({ ...toPrefill(get()), ...typed });
    form.reset(withCustom(lead, get().rules), { keepFieldsRef: true });
    draft.save();
  };

  const startNext = (sent: TypedLead) => {
    onSaved();
    if (toCorrect) {
      draft.drop();
      return onDone(true);
    }
    const next = toNextLead(form.getValues(), sent);
    prefill.remember(sent);
    reset(next);
    const { leftovers: _, ...fields } = next;
    dispatch({ type: "saved", hasNextLead: Object.keys(fields).length > 0 });
  };

  const settle = (outcome: Outcome, sent: TypedLead) => {
    if (outcome.kind === "saved") return startNext(sent);
    if (outcome.kind === "problem") return dispatch({ type: "not_saved", problem: outcome.problem });

    for (const name of listWrong(outcome.fields)) form.setError(name, { message: outcome.fields[name] });
    reject(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = pressed.lead ?? structuredClone(form.getValues());
    pressed.lead = undefined;
    const entry_ms = Date.now() - get().startedAt;
    const way = lead.id === toCorrect?.id ? "correction" : "new";
    settle(await sendLead({ ...lead, entry_ms }, way), sent);
  }, reject);

  const submit = async () => {
    if (!canSubmit(get(), form.getValues())) return;
    dispatch({ type: "submitted" });
    await until(isReadyToSend);
    pressed.lead = structuredClone(form.getValues());
    await send();
  };

  return {
    submit,
    submitAgain: () => {
      const { phase } = get();
      if (phase.name === "problem" && phase.problem === "already_left") form.setValue("id", newId());
      return submit();
    },
    submitAnyway: (reason: Reason) => {
      form.setValue("anyway", reason);
      return submit();
    },
    clear: () => {
      if (get().phase.name === "saving") return;
      if (toCorrect) {
        draft.drop();
        if (toCorrect.state === "held") void actOnLead(toCorrect.id, "resume").then(onSaved);
        return onDone(false);
      }
      const lead = structuredClone(form.getValues());
      if (isEmpty(lead, toPrefill(get()))) return;
      reset({});
      dispatch({ type: "cleared", lead });
    },
    bringBack: () => {
      const { phase } = get();
      if (phase.name !== "cleared") return;
      reset(phase.lead);
      dispatch({ type: "brought_back" });
    },
  };
}
