"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { Lead } from "@/lib/leads/schema";
import { type LeadField, leadFields } from "@/lib/leads/words";
import type { FormFields } from "@/lib/mapping/schema";
import type { Carried } from "./carried";
import type { LeadForm } from "./lead-input";

const loadReading = () => import("./read-paste");

export type Pasted = {
  /** What it filled. */
  filled: readonly LeadField[];
  isNameUnsure: boolean;
  /** What it did not understand, or had no free field for. */
  rest: readonly string[];
  before: Lead;
  /** Nothing was typed since. */
  isFresh: boolean;
};

type PasteOptions = {
  rules: FormFields;
  sources: string[];
  carried: RefObject<Carried>;
  onFilled: (filled: readonly LeadField[]) => void;
};

/**
 * A paste into an empty field or outside of all is read as one lead. It overwrites nothing and sends nothing; what it
 * has no place for stays in sight.
 */
export function usePaste(form: LeadForm, options: PasteOptions) {
  const [pasted, setPasted] = useState<Pasted>();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { getValues, setValue, subscribe } = form;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ name, type }) => {
          // A new lead is begun; or the person has the last word on a field.
          if (name === undefined) setPasted(undefined);
          else if (type === "change")
            setPasted(
              (was) =>
                was && { ...was, filled: was.filled.filter((field) => field !== name), isFresh: false },
            );
        },
      }),
    [subscribe],
  );

  useEffect(() => {
    const fill = async (text: string, input: HTMLInputElement | undefined) => {
      const { rules, sources, carried, onFilled } = latest.current;
      const reading = await loadReading().catch(() => undefined);
      const target = leadFields.find((field) => input?.id === `lead-${field}`);
      const before = structuredClone(getValues());
      const sheet = reading?.readPaste(text, rules, sources);
      if (!reading || !sheet || reading.isPlain(sheet, target)) return insert(text, input);

      const { free, rest, isNameUnsure } = reading.placePaste(sheet, before, carried.current);
      for (const { field, value } of free) setValue(field, value);
      const filled = free.map(({ field }) => field);
      setPasted({ filled, isNameUnsure, rest, before, isFresh: true });
      onFilled(filled);
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
  }, [getValues, setValue]);

  const takeBack = () => {
    if (!pasted) return;
    for (const field of leadFields) setValue(field, pasted.before[field]);
    setValue("phone_raw", pasted.before.phone_raw);
    setPasted(undefined);
  };
  const drop = (piece: string) =>
    setPasted((was) => was && { ...was, rest: was.rest.filter((other) => other !== piece) });
  const put = (piece: string, field: LeadField) => {
    setValue(field, [getValues(field), piece].filter(Boolean).join(" "));
    drop(piece);
  };

  return { pasted, takeBack, put, drop };
}

/** Empty fields of the form, and what is no field. */
function isForReading(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return true;
  if (target instanceof HTMLInputElement) return target.value === "" && target.id.startsWith("lead-");
  return !target.matches("textarea, select, [contenteditable]");
}

/** As the browser would have pasted it, its own undo included. */
function insert(text: string, input: HTMLInputElement | undefined): void {
  if (!input) return;
  input.focus();
  document.execCommand("insertText", false, text.replaceAll(/\s+/g, " "));
}
