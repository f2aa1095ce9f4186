"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/fields/lead-input";
import type { Prefill } from "@/components/entry/prefill";
import { leadFields } from "@/lib/domain/lead/fields";
import { type Draft, dropDraft, readDraft, saveDraft } from "./draft";
import { claimPlace, placeOf } from "./draft-place";

type DraftOptions = {
  personId: string;
  /** The saved lead that is being corrected. */
  leadId: string | undefined;
  prefill: RefObject<Prefill>;
  onRestore: (shown: InputName[]) => void;
};

/** Every key survives a reload, a crash, a sign-out and a deployment. Sending waits for `isReady`: the id may change. */
export function useDraft(form: LeadForm, { personId, leadId, prefill, onRestore }: DraftOptions) {
  const place = useRef<string>(undefined);
  const isReady = useRef<Promise<void>>(undefined);
  const { getValues } = form;

  const save = useCallback(() => {
    if (place.current) saveDraft(place.current, getValues(), prefill.current);
  }, [getValues, prefill]);

  useEffect(() => {
    let isHere = true;
    const take = async () => {
      const own = leadId ? placeOf(personId, leadId) : await claimPlace(personId);
      if (!isHere) return;
      place.current = own;
      const draft = readDraft(own);
      if (draft) {
        restore(form, draft, leadId ? undefined : prefill.current);
        onRestore(listTyped(draft, prefill.current));
      }
      if (!leadId) save();
    };
    isReady.current = take();
    return () => {
      isHere = false;
    };
  }, [form, personId, leadId, prefill, save, onRestore]);

  const drop = useCallback(() => {
    if (place.current) dropDraft(place.current);
  }, []);

  return { save, drop, isReady };
}

/** What was typed while the draft was looked for stays; a correction begins as it was left. */
function restore(form: LeadForm, { lead }: Draft, prefill: Prefill | undefined): void {
  for (const field of leadFields) {
    const value = form.getValues(field);
    const isFree = !prefill || value === "" || value === prefill[field];
    const draft = lead[field];
    if (isFree && draft !== undefined && draft !== value) form.setValue(field, draft);
  }
  for (const [key, value] of Object.entries(lead.custom ?? {})) form.setValue(`custom.${key}`, value);
  if (lead.rest) form.setValue("rest", lead.rest);
  if (lead.phone_raw) form.setValue("phone_raw", lead.phone_raw);
  if (lead.id) form.setValue("id", lead.id);
}

function listTyped({ lead }: Draft, prefill: Prefill): InputName[] {
  const custom = Object.entries(lead.custom ?? {}).filter(([, value]) => value.length > 0);
  const own = leadFields.filter((field) => lead[field] && lead[field] !== prefill[field]);
  return [...own, ...custom.map(([key]) => toCustomName(key))];
}
