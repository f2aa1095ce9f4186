"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { type KeptSource, keepSource, readKeptSource } from "@/components/entry/fields/kept-source";
import type { LeadForm } from "@/components/entry/fields/lead-input";
import { leadFields } from "@/lib/domain/lead/fields";
import type { Lead } from "@/lib/domain/lead/schema";
import { type Prefill, readLink } from "./prefill";

/** What each new lead starts with. A correction carries nothing. */
export function usePrefill(form: LeadForm, personId: string, isNew: boolean) {
  const prefill = useRef<Prefill>({});
  const [kept, setKept] = useState<KeptSource>();
  const [link, setLink] = useState<Prefill>({});
  const { getValues, setValue } = form;

  const carry = useCallback((source: KeptSource | undefined, said: Prefill) => {
    prefill.current = { ...(source && { source: source.source }), ...said };
    setKept(source);
    setLink(said);
  }, []);

  const replace = useCallback(
    (before: Prefill) => {
      for (const field of leadFields) {
        const value = getValues(field);
        const isOwn = value !== "" && value !== before[field];
        if (!isOwn && value !== (prefill.current[field] ?? "")) setValue(field, prefill.current[field] ?? "");
      }
    },
    [getValues, setValue],
  );

  useEffect(() => {
    if (!isNew) return;
    carry(readKeptSource(personId), readLink(location.href, document.referrer));
    replace({});
  }, [isNew, personId, carry, replace]);

  const remember = (sent: Lead) => {
    if (isNew && sent.source !== link.source) carry(keepSource(personId, sent.source, false), link);
  };

  const change = (source: KeptSource | undefined, said: Prefill) => {
    const before = prefill.current;
    carry(source, said);
    replace(before);
  };
  const renewSource = () => change(keepSource(personId, kept?.source ?? "", true), link);
  const forgetSource = () => change(keepSource(personId, "", true), link);
  const removeLink = () => change(kept, {});

  return { prefill, kept, link, remember, renewSource, forgetSource, removeLink };
}

export type CarriedState = ReturnType<typeof usePrefill>;
