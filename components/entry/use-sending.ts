"use client";

import { newId } from "@/components/ui/new-id";
import type { Reason } from "@/lib/domain/lead/fields";
import { canSubmit, isReadyToSend, needsReason, toPrefill } from "./entry-state";
import { listShown, listWrong } from "./fields/inputs";
import { loadParts, loadPaste } from "./lazy/load";
import type { SendingOptions } from "./sending/send-pressed";
import { isEmpty, type LeadForm, newLead, type TypedLead, withCustom } from "./typed-lead";
import type { EntryStore } from "./use-entry-state";

/** The lead as it stood when it was sent: what is typed while it is checked and saved belongs to the next one. */
export type Pressed = { lead: TypedLead | undefined };

/** What sends the lead, empties the form and brings it back. */
export function useSending(
  form: LeadForm,
  store: EntryStore,
  options: SendingOptions & { pressed: Pressed },
) {
  const { toCorrect, draft, pressed, onSaved, onDone } = options;
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

  const send = form.handleSubmit(async (lead) => {
    const sent = pressed.lead ?? structuredClone(form.getValues());
    pressed.lead = undefined;
    const parts = await loadParts().catch(() => undefined);
    // Its files have not come: nothing has left.
    if (!parts) return dispatch({ type: "not_saved", problem: "offline" });
    await parts.sendPressed({ lead, sent }, { form, store, reset, reject, ...options });
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
    submitAgain: (asAnother: boolean) => {
      if (asAnother) form.setValue("id", newId());
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
