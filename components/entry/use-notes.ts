"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";
import type { Note } from "@/components/entry/fields/check-field";
import type { LeadForm } from "@/components/entry/fields/lead-input";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { Progress } from "./use-entry-form";

export type Notes = Partial<Record<LeadField, Note>>;

const loadCheck = () => import("@/components/entry/fields/check-field");

/** Looks at a field that was left: puts a phone in groups, finds the handle, doubts. A change takes the doubt back. */
export function useNotes(form: LeadForm, country: string, progress: RefObject<Progress>) {
  const [notes, setNotes] = useState<Notes>({});
  const { getValues, setValue, subscribe } = form;

  const setNote = useCallback((field: LeadField, note: Note | undefined) => {
    setNotes((before) => (before[field] === note ? before : { ...before, [field]: note }));
  }, []);

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name, type }) => {
          if (name === undefined) return setNotes({});
          setNote(name as LeadField, undefined);
          // What was typed is no longer what it was before it was put in order.
          if (type === "change" && name === "phone") setValue("phone_raw", undefined);
        },
      }),
    [subscribe, setValue, setNote],
  );

  const check = useCallback(
    async (field: LeadField) => {
      const text = getValues(field);
      if (text === "") return;
      const loaded = await loadCheck().catch(() => undefined);
      // Meanwhile the field may have changed, or the lead be on its way: put in order, it would look like the next one's.
      if (!loaded || progress.current === "saving" || getValues(field) !== text) return;
      setNote(field, loaded.checkField(form, field, country));
    },
    [form, getValues, setNote, country, progress],
  );

  const accept = (field: LeadField) => {
    const suggestion = notes[field]?.suggestion;
    if (suggestion === undefined) return;
    setValue(field, suggestion);
    setNote(field, undefined);
  };

  return { notes, check, accept };
}
