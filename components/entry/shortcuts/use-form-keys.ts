"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isEmpty } from "@/components/entry/prefill";
import type { useLeadForm } from "@/components/entry/use-entry-form";
import type { Notes } from "@/components/entry/use-notes";
import type { LeadField } from "@/lib/domain/lead/fields";
import { useKeys } from "./use-keys";

type FormKeys = {
  entry: ReturnType<typeof useLeadForm>;
  notes: Notes;
  accept: (field: LeadField) => void;
  sources: string[];
  /** Undefined while there is nothing to take back. */
  takeBack: (() => void) | undefined;
};

/** What the keys do to the form. `isTyping`: the person has begun, so what comes later may come now. */
export function useFormKeys({ entry, notes, accept, sources, takeBack }: FormKeys) {
  const { form, more } = entry;
  const { prefill } = entry.carrying;
  const router = useRouter();
  const [isTyping, setTyping] = useState(false);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { subscribe } = form;
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values, type }) => {
          setTyping((is) => is || type === "change" || !isEmpty(values, prefill.current));
          // It did not come, and must not open over what is typed meanwhile.
          if (type === "change") setHelpOpen(false);
        },
      }),
    [subscribe, prefill],
  );

  const chooseSource = (source: string) => {
    form.setValue("source", source);
    form.clearErrors("source");
  };
  const swap = () => {
    const { name, surname } = form.getValues();
    form.setValue("name", surname);
    form.setValue("surname", name);
  };

  useKeys({
    send: () => void entry.submit(),
    source: ({ digit = 0 }) => {
      const source = sources[digit - 1];
      if (source !== undefined) chooseSource(source);
    },
    swap,
    repair: () => {
      for (const field of Object.keys(notes)) accept(field as LeadField);
    },
    undoPaste: takeBack,
    known: () => {
      const anyway = document.getElementById("known-anyway");
      if (anyway) anyway.click();
      else document.querySelector<HTMLElement>("#known a")?.focus();
    },
    more: () => more.current?.querySelector("summary")?.click(),
    clear: entry.clear,
    history: () => router.push("/leads"),
    help: () => setHelpOpen(true),
  });

  return { isTyping, isHelpOpen, setHelpOpen, chooseSource, swap };
}
