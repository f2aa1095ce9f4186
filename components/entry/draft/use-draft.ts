"use client";

import { useCallback, useEffect, useRef } from "react";
import { toPrefill } from "@/components/entry/entry-state";
import { type InputName, type LeadForm, type Prefill, toCustomName } from "@/components/entry/typed-lead";
import type { EntryStore } from "@/components/entry/use-entry-state";
import { leadFields } from "@/lib/domain/lead/fields";
import { claimDraftKey, toCorrectionKey } from "./claim-draft-key";
import { type Draft, dropDraft, readDraft, saveDraft } from "./draft";

type DraftOwner = {
  personId: string;
  /** The saved lead that is being corrected. */
  leadId: string | undefined;
};

/** What is typed survives a reload, a crash, the end of the session and a deployment, until its person signs out. */
export function useDraft(form: LeadForm, store: EntryStore, { personId, leadId }: DraftOwner) {
  const key = useRef<string>(undefined);
  const { getValues } = form;

  const save = useCallback(() => {
    if (key.current) saveDraft(key.current, getValues(), toPrefill(store.get()));
  }, [getValues, store]);

  useEffect(() => {
    let isHere = true;
    const open = async () => {
      const own = leadId ? toCorrectionKey(personId, leadId) : await claimDraftKey(personId);
      if (!isHere) return [];
      key.current = own;
      const prefill = toPrefill(store.get());
      const draft = readDraft(own);
      if (draft) restore(form, draft, leadId ? undefined : prefill);
      if (!leadId) save();
      return draft ? listOwn(draft, prefill) : [];
    };
    void open().then((restored) => store.dispatch({ type: "draft_ready", restored }));
    return () => {
      isHere = false;
    };
  }, [form, store, personId, leadId, save]);

  const drop = useCallback(() => {
    if (key.current) dropDraft(key.current);
  }, []);

  return { save, drop };
}

/** What was typed before the draft was found stays; a correction begins as it was left. */
function restore(form: LeadForm, { lead }: Draft, prefill: Prefill | undefined): void {
  for (const field of leadFields) {
    const value = form.getValues(field);
    const isFree = !prefill || value === "" || value === prefill[field];
    const draft = lead[field];
    if (isFree && draft !== undefined && draft !== value) form.setValue(field, draft);
  }
  for (const [key, value] of Object.entries(lead.custom ?? {})) form.setValue(`custom.${key}`, value);
  if (lead.leftovers) form.setValue("leftovers", lead.leftovers);
  if (lead.people?.[0]) form.setValue("people", lead.people);
  if (lead.chosen) form.setValue("chosen", lead.chosen);
  if (lead.phone_raw) form.setValue("phone_raw", lead.phone_raw);
  if (lead.id) form.setValue("id", lead.id);
}

function listOwn({ lead }: Draft, prefill: Prefill): InputName[] {
  const custom = Object.entries(lead.custom ?? {}).filter(([, value]) => value.length > 0);
  const own = leadFields.filter((field) => lead[field] && lead[field] !== prefill[field]);
  return [...own, ...custom.map(([key]) => toCustomName(key))];
}
