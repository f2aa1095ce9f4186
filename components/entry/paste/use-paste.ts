"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { LeadForm } from "@/components/entry/fields/lead-input";
import type { Prefill } from "@/components/entry/prefill";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { FormFields } from "@/lib/domain/mapping/schema";

const loadReading = () => import("./read-paste");

export type Pasted = {
  /** What it filled. */
  filled: readonly LeadField[];
  isNameUnsure: boolean;
  /** What it did not understand, or had no free field for. */
  rest: readonly string[];
  /** Not after a reload. */
  takeBack?: () => void;
  /** Nothing was typed since. */
  isFresh: boolean;
};

export type PasteOptions = {
  rules: FormFields;
  sources: string[];
  prefill: RefObject<Prefill>;
  onFilled: (filled: readonly LeadField[]) => void;
};

/**
 * A paste into an empty field or outside of all is read as one lead. It overwrites nothing and sends nothing; what it
 * has no place for stays in sight, and in the draft.
 */
export function usePaste(form: LeadForm, options: PasteOptions) {
  const [pasted, setPasted] = useState<Pasted>();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { getValues, subscribe } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name, type }) => {
          const rest = getValues("rest") ?? [];
          setPasted((was) => {
            // A new lead is begun, or one is found in a draft.
            if (!name || !was)
              return rest[0] ? { filled: [], isNameUnsure: false, rest, isFresh: false } : undefined;
            if (type !== "change") return { ...was, rest };
            // The person has the last word on a field.
            return { ...was, filled: was.filled.filter((field) => field !== name), isFresh: false };
          });
        },
      }),
    [subscribe, getValues],
  );

  useEffect(() => {
    const fill = async (text: string, input: HTMLInputElement | undefined) => {
      const reading = await loadReading().catch(() => undefined);
      if (!reading?.fillFrom(text, input, form, latest.current, setPasted)) insert(text, input);
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
  }, [form]);

  return pasted;
}

/** Empty fields of every form, and what is no field; those that the admin made take a paste as it is. */
function isForReading(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target instanceof HTMLInputElement) return target.value === "" && /^lead-\w+$/.test(target.id);
  return !target.matches("textarea, select, [contenteditable]");
}

/** As the browser would have pasted it, its own undo included. */
function insert(text: string, input: HTMLInputElement | undefined): void {
  if (!input) return;
  input.focus();
  document.execCommand("insertText", false, text.replaceAll(/\s+/g, " "));
}
