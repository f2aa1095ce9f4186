"use client";

import type { Outcome } from "@/components/lead/send-lead";
import type { Reason } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import {
  canSubmit,
  type Done,
  isReadyToSend,
  type LeadInForm,
  needsReason,
  toCorrected,
  toPrefill,
} from "./entry-state";
import { listShown, listWrong } from "./fields/inputs";
import { loadParts, loadPaste } from "./lazy/load";
import {
  isEmpty,
  type LeadForm,
  newId,
  newLead,
  readFormLanguage,
  type TypedLead,
  toChosenContact,
  toFullComment,
  toNextLead,
  withCustom,
} from "./typed-lead";
import type { EntryStore } from "./use-entry-state";
import type { PrefillActs } from "./use-prefill";

/** The lead as it stood when it was sent: what is typed while it is checked and saved belongs to the next one. */
export type Pressed = { lead: TypedLead | undefined };

type SendingOptions = {
  personId: string;
  pressed: Pressed;
  toCorrect: LeadInForm | undefined;
  draft: { save: () => void; drop: () => void };
  prefill: PrefillActs;
  onSaved: () => void;
  onDone: (done: Done | undefined) => void;
};

/** The files that send have not come: nothing has left. */
const NOT_SENT: Outcome = { kind: "problem", problem: "offline" };

/** What sends the lead, empties the form and brings it back. */
export function useSending(form: LeadForm, store: EntryStore, options: SendingOptions) {
  const { personId, toCorrect, draft, prefill, pressed, onSaved, onDone } = options;
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

  const startNext = (sent: TypedLead, done: Done) => {
    if (done === "saved") onSaved();
    if (toCorrect) {
      draft.drop();
      return onDone(done);
    }
    const next = toNextLead(form.getValues(), sent);
    prefill.remember(sent);
    reset(next);
    const { leftovers: _, ...fields } = next;
    dispatch({ type: done, hasNextLead: Object.keys(fields).length > 0 });
  };

  /** Under another id it is a new lead. */
  const findCorrected = ({ id }: Lead) => (id === toCorrect?.id ? toCorrected(toCorrect) : undefined);

  const settle = async (outcome: Outcome, lead: Lead, sent: TypedLead) => {
    // An earlier correction of it may wait on this device: these words replace it.
    const before = toCorrect?.state === "on_device" ? toCorrect.id : findCorrected(lead) && lead.id;
    const isSettled = outcome.kind === "saved" && before === undefined;
    const parts = isSettled ? undefined : await loadParts().catch(() => undefined);
    const corrects = findCorrected(lead) ?? null;
    const done = (await parts?.settleOnDevice(personId, { lead, corrects, before }, outcome)) ?? outcome.kind;
    if (done === "saved" || done === "kept") return startNext(sent, done);
    if (outcome.kind === "problem") return dispatch({ type: "not_saved", problem: outcome.problem });
    if (outcome.kind === "saved") return;

    for (const name of listWrong(outcome.fields)) form.setError(name, { message: outcome.fields[name] });
    reject(outcome.fields);
  };

  const send = form.handleSubmit(async (lead) => {
    const sent = pressed.lead ?? structuredClone(form.getValues());
    pressed.lead = undefined;
    const entry_ms = Date.now() - get().startedAt;
    const comment = toFullComment(lead.comment, sent.leftovers);
    const came = { entry_ms, language: readFormLanguage(), contact: toChosenContact(sent) };
    const full = { ...lead, comment, ...came };
    const parts = await loadParts().catch(() => undefined);
    const outcome = await (findCorrected(lead)
      ? parts?.sendCorrection(lead.id, full, personId)
      : parts?.sendLead(full, personId));
    await settle((outcome && parts?.placeProblems(get().rules, outcome)) ?? NOT_SENT, full, sent);
  }, reject);

  const submit = async () => {
    if (!canSubmit(get(), form.getValues())) return;
    dispatch({ type: "submitted" });
    await until(isReadyToSend);
    if (get().leftovers[0]) (await loadPaste().catch(() => undefined))?.noteLongComment(form);
    pressed.lead = structuredClone(form.getValues());
    await send();
  };

  return {
    submit,
    submitByKey: async () => (needsReason(get()) ? dispatch({ type: "reason_asked" }) : submit()),
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
        const { id, state } = toCorrect;
        if (state === "held") void loadParts().then((parts) => parts.actOnLead(id, "resume").then(onSaved));
        return onDone(undefined);
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
