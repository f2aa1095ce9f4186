import { type Done, type LeadInForm, toCorrected } from "@/components/entry/entry-state";
import { listWrong } from "@/components/entry/fields/inputs";
import { placeProblems } from "@/components/entry/fields/place-problems";
import { askConsent } from "@/components/entry/sending/ask-consent";
import { readFormLanguage, toChosenContact, toFullComment, toNextLead } from "@/components/entry/sent-lead";
import type { LeadForm, TypedLead } from "@/components/entry/typed-lead";
import type { EntryStore } from "@/components/entry/use-entry-state";
import type { PrefillActs } from "@/components/entry/use-prefill";
import { sendCorrection, sendLead } from "@/components/lead/send-lead";
import { settleOnDevice } from "@/components/offline/keep-unsent";
import type { Lead } from "@/lib/domain/lead/schema";

/** The checked lead, and the form as it stood at the press. */
type PressedLead = { lead: Lead; sent: TypedLead };

export type SendingOptions = {
  personId: string;
  toCorrect: LeadInForm | undefined;
  draft: { save: () => void; drop: () => void };
  prefill: PrefillActs;
  onSaved: () => void;
  onDone: (done: Done | undefined) => void;
};

type Sending = SendingOptions & {
  form: LeadForm;
  store: EntryStore;
  /** Begins another lead with these values. */
  reset: (typed: Partial<TypedLead>) => void;
  reject: (fields: object) => void;
};

/** Sends a checked lead and acts on the answer: the next lead, its problems, or this device, which keeps it. */
export async function sendPressed({ lead, sent }: PressedLead, sending: Sending): Promise<void> {
  const { personId, toCorrect, form, store, reject } = sending;
  const { rules, startedAt } = store.get();
  const entry_ms = Date.now() - startedAt;
  const comment = toFullComment(lead.comment, sent.leftovers);
  const full = { ...lead, comment, entry_ms, language: readFormLanguage(), contact: toChosenContact(sent) };
  // Under another id it is a new lead.
  const corrected = lead.id === toCorrect?.id ? toCorrected(toCorrect) : undefined;
  const answer = await (corrected
    ? sendCorrection({ ...full, opened: corrected.opened }, personId)
    : sendLead(full, personId));
  const outcome = placeProblems(rules, answer);
  // An earlier correction of it may wait on this device: these words replace it.
  const before = toCorrect?.state === "on_device" ? toCorrect.id : corrected && lead.id;
  const fromForm = { lead: full, corrects: corrected ?? null, before };
  const done = await settleOnDevice(personId, fromForm, outcome);
  if (done) return startNext(sent, done, sending);
  if (outcome.kind === "problem") return store.dispatch({ type: "not_saved", problem: outcome.problem });
  if (outcome.kind === "saved") return;

  if (outcome.fields.consent_version) await askConsent(form, store.dispatch);
  for (const name of listWrong(outcome.fields)) form.setError(name, { message: outcome.fields[name] });
  reject(outcome.fields);
}

function startNext(sent: TypedLead, done: Done, sending: Sending): void {
  const { form, store, toCorrect, draft, prefill, reset, onSaved, onDone } = sending;
  if (done === "saved") onSaved();
  if (toCorrect) {
    draft.drop();
    onDone(done);
    return;
  }
  const next = toNextLead(form.getValues(), sent);
  prefill.remember(sent);
  reset(next);
  const { leftovers: _, ...fields } = next;
  store.dispatch({ type: done, hasNextLead: Object.keys(fields).length > 0 });
}
