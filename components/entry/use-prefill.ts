"use client";

import { useEffect } from "react";
import { leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import { toPrefill } from "./entry-state";
import { readLink } from "./page-link";
import { readSourcePrefill, type SourcePrefill, saveSourcePrefill } from "./source-prefill";
import type { LeadForm, Prefill } from "./typed-lead";
import type { EntryStore } from "./use-entry-state";

/** Fills what each new lead starts with. A correction has only its own values. */
export function usePrefill(form: LeadForm, store: EntryStore, personId: string, isNew: boolean) {
  useEffect(() => {
    if (!isNew) return;
    const isHidden = store.get().rules.hidden.includes("source");
    const source = isHidden ? undefined : readSourcePrefill(personId);
    fill(form, store, source, readLink(location.href, document.referrer));
  }, [form, store, isNew, personId]);

  const fillSource = (source: string) =>
    fill(form, store, saveSourcePrefill(personId, source, true), store.get().prefill.link);

  return {
    /** The next lead starts with the source of this one, unless the link has given it. */
    remember: (sent: Lead) => {
      const { link } = store.get().prefill;
      if (!isNew || sent.source === link.source) return;
      const source = saveSourcePrefill(personId, sent.source, false);
      store.dispatch({ type: "prefilled", source, link });
    },
    renewSource: () => fillSource(store.get().prefill.source?.source ?? ""),
    forgetSource: () => fillSource(""),
    removeLink: () => fill(form, store, store.get().prefill.source, {}),
  };
}

export type PrefillActs = ReturnType<typeof usePrefill>;

/** Changes the prefill, and the fields that hold nothing but the one before. */
function fill(
  { getValues, setValue }: LeadForm,
  { get, dispatch }: EntryStore,
  source: SourcePrefill | undefined,
  link: Prefill,
): void {
  const before = toPrefill(get());
  dispatch({ type: "prefilled", source, link });
  const prefill = toPrefill(get());
  for (const field of leadFields) {
    const value = getValues(field);
    const isOwn = value !== "" && value !== before[field];
    const next = prefill[field] ?? "";
    if (!isOwn && value !== next) setValue(field, next);
  }
}
