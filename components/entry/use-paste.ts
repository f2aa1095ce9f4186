"use client";

import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { type LeadField, leadFields } from "@/lib/domain/lead/fields";
import { loadPaste } from "./lazy/load";
import { isForReading, pasteAsText } from "./paste/paste-target";
import type { LeadForm } from "./typed-lead";
import type { EntryStore } from "./use-entry-state";

type PasteOptions = { sources: string[]; check: (field: LeadField) => Promise<void> };

/**
 * A paste into an empty field or outside of all is read as one lead. It overwrites nothing and sends nothing; leftovers
 * stay in sight, and in the draft.
 */
export function usePaste(form: LeadForm, store: EntryStore, options: PasteOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  useLayoutEffect(() => {
    const fill = async (text: string, input: HTMLInputElement | undefined) => {
      const { sources, check } = latest.current;
      const reader = await loadPaste().catch(() => undefined);
      const filled = reader?.fillFromPaste(text, input, form, store, sources);
      if (!filled) return pasteAsText(text, input);
      for (const field of filled) void check(field);
    };

    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain").trim() ?? "";
      const input = event.target instanceof HTMLInputElement ? event.target : undefined;
      if (text === "" || document.querySelector("dialog[open]") || !isForReading(event.target)) return;
      event.preventDefault();
      void fill(text, input);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [form, store]);

  return useCallback(() => {
    const { paste } = store.get();
    if (!paste) return;
    for (const field of [...leadFields, "phone_raw", "leftovers"] as const) {
      const isTheirs = paste.changed.includes(field === "phone_raw" ? "phone" : field);
      if (!isTheirs) form.setValue(field, paste.before[field]);
    }
    store.dispatch({ type: "paste_undone" });
  }, [form, store]);
}
