"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { type InputName, type LeadForm, toCustomName } from "@/components/entry/fields/lead-input";
import type { Carried } from "@/components/entry/prefill";
import { leadFields } from "@/lib/domain/lead/fields";
import { type Draft, dropDraft, readDraft, saveDraft } from "./draft";
import { claimPlace, placeOf } from "./draft-place";

type DraftOptions = {
  personId: string;
  /** The saved lead that is being corrected. */
  leadId: string | undefined;
  carried: RefObject<Carried>;
  onRestore: (shown: InputName[]) => void;
};

/** Every key survives a reload, a crash, a sign-out and a deployment. Sending waits for `isReady`: the id may change. */
export function useDraft(form: LeadForm, { personId, leadId, carried, onRestore }: DraftOptions) {
  const place = useRef<string>(undefined);
  const isReady = useRef<Promise<void>>(undefined);
  const { getValues } = form;

  const save = useCallback(() => {
    if (place.current) saveDraft(place.current, getValues(), carried.current);
  }, [getValues, carried]);

  useEffect(() => {
    let isHere = true;
    const take = async () => {
      const own = leadId ? placeOf(personId, leadId) : await claimPlace(personId);
      if (!isHere) return;
      place.current = own;
      const draft = readDraft(own);
      if (draft) {
        restore(form, draft, leadId ? undefined : carried.current);
        onRestore(listTyped(draft, carried.current));
      }
      if (!leadId) save();
    };
    isReady.current = take();
    return () => {
      isHere = false;
    };
  }, [form, personId, leadId, carried, save, onRestore]);

  const drop = useCallback(() => {
    if (place.current) dropDraft(place.current);
  }, []);

  return { save, drop, isReady };
}

/** What was typed while the draft was looked for stays; a correction begins as it was left. */
function restore(form: LeadForm, { lead }: Draft, carried: Carried | undefined): void {
  for (const field of leadFields) {
    const value = form.getValues(field);
    const isFree = !carried || value === "" || value === carried[field];
    const draft = lead[field];
    if (isFree && draft !== undefined && draft !== value) form.setValue(field, draft);
  }
  for (const [key, value] of Object.entries(lead.custom ?? {})) form.setValue(`custom.${key}`, value);
  if (lead.rest) form.setValue("rest", lead.rest);
  if (lead.phone_raw) form.setValue("phone_raw", lead.phone_raw);
  if (lead.id) form.setValue("id", lead.id);
}

function listTyped({ lead }: Draft, carried: Carried): InputName[] {
  const custom = Object.entries(lead.custom ?? {}).filter(([, value]) => value.length > 0);
  const own = leadFields.filter((field) => lead[field] && lead[field] !== carried[field]);
  return [...own, ...custom.map(([key]) => toCustomName(key))];
}
