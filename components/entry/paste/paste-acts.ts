import { toFullComment } from "@/components/entry/sent-lead";
import { type LeadForm, toCustomName } from "@/components/entry/typed-lead";
import type { EntryStore } from "@/components/entry/use-entry-state";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { fillOne } from "./read-paste";

/** Takes back what the last paste has filled, but for what was typed over it. */
export function undoPaste({ setValue }: LeadForm, { get, dispatch }: EntryStore): void {
  const { paste } = get();
  if (!paste) return;
  for (const field of [...leadFields, "phone_raw", "leftovers"] as const) {
    const isTheirs = paste.changed.includes(field === "phone_raw" ? "phone" : field);
    if (!isTheirs) setValue(field, paste.before[field]);
  }
  for (const [key, value] of Object.entries(paste.before.custom ?? {})) {
    if (!paste.changed.includes(toCustomName(key))) setValue(`custom.${key}`, value);
  }
  dispatch({ type: "paste_undone" });
}

/** The rows of several people go, and their text is read as that of one. Answers the fields that it has filled. */
export function readAsOne(form: LeadForm, store: EntryStore, sources: string[]): LeadField[] {
  const { found } = store.get();
  if (!found) return [];
  form.setValue("people", []);
  store.dispatch({ type: "people_closed" });
  return fillOne(found.text, undefined, form, store, sources) ?? [];
}

/** Moves all leftovers into the comment, and the focus with them. */
export function noteLeftovers({ getValues, setValue }: LeadForm, { dispatch }: EntryStore): void {
  const { comment, leftovers } = getValues();
  setValue("comment", toFullComment(comment, leftovers));
  setValue("leftovers", []);
  dispatch({ type: "leftovers_noted" });
}
