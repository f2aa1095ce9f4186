"use client";

import { useCallback } from "react";
import type { LeadField } from "@/lib/domain/lead/fields";
import { loadChecks } from "./lazy/load";
import type { LeadForm } from "./typed-lead";
import type { EntryStore } from "./use-entry-state";

/** Checks a field that was left: puts a phone in groups, finds the handle, and notes what looks wrong. */
export function useNotes(form: LeadForm, { get, dispatch }: EntryStore, country: string) {
  const { getValues, setValue } = form;

  const check = useCallback(
    async (field: LeadField) => {
      const text = getValues(field);
      if (text === "") return;
      const checks = await loadChecks();
      // Meanwhile the field may have changed, or the lead be on its way: put in order, it would look like the next one's.
      if (!checks || get().phase.name === "saving" || getValues(field) !== text) return;
      dispatch({ type: "noted", field, note: checks.checkField(form, field, country) });
    },
    [form, getValues, get, dispatch, country],
  );

  /** The note goes with the words that it was about. */
  const accept = (field: LeadField) => {
    const { suggestion, moveTo = field } = get().notes[field] ?? {};
    if (suggestion === undefined) return;
    if (moveTo !== field) setValue(field, "");
    setValue(moveTo, suggestion);
  };
  const acceptAll = () => {
    for (const field of Object.keys(get().notes)) accept(field as LeadField);
  };

  return { check, accept, acceptAll };
}
