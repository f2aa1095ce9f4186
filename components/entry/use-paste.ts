"use client";

import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { LeadField } from "@/lib/domain/lead/fields";
import { toField } from "./fields/inputs";
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
      if (!filled) {
        const own = reader?.toOwnText(text, toField(input ?? null), store.get().rules) ?? text;
        return pasteAsText(own.trim(), input);
      }
      for (const field of filled) void check(field);
    };

    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const input = event.target instanceof HTMLInputElement ? event.target : undefined;
      if (text.trim() === "" || document.querySelector("dialog[open]") || !isForReading(event.target)) return;
      event.preventDefault();
      void fill(text, input);
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [form, store]);

  /** They are wanted where the reader has come already. */
  const withReader = useCallback(async (act: (reader: Awaited<ReturnType<typeof loadPaste>>) => void) => {
    const reader = await loadPaste().catch(() => undefined);
    if (reader) act(reader);
  }, []);

  return {
    undoPaste: useCallback(
      () => void withReader((reader) => reader.undoPaste(form, store)),
      [form, store, withReader],
    ),
    noteLeftovers: () => void withReader((reader) => reader.noteLeftovers(form, store)),
    readAsOne: () =>
      void withReader((reader) => {
        const { sources, check } = latest.current;
        for (const field of reader.readAsOne(form, store, sources)) void check(field);
      }),
  };
}
