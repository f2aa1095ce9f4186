"use client";

import { createContext, useContext } from "react";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";
import type { LeadInForm } from "./entry-state";

/**
 * Of this device: whether the keys that undo and edit mean one of its leads, which no server has yet, and the ids of the
 * saved leads whose corrections wait there.
 */
export type KeptOnDevice = { hasKeys: boolean; corrected: string };
export const NOTHING_KEPT: KeptOnDevice = { hasKeys: false, corrected: "" };

type Entry = {
  /** The lead that is in the form for a correction; null: it can no longer be corrected. */
  correcting: LeadInForm | null | undefined;
  correct: (lead: LeadToCorrect) => void;
  /** Counts what the form has saved, so that a list of leads refreshes. */
  saves: number;
  /** One of the last leads has come to need a person: no "Saved" may stand beside it. */
  onStuck: () => void;
  isSavedStuck: boolean;
  device: KeptOnDevice;
};

export const EntryContext = createContext<Entry>({
  correcting: undefined,
  correct: () => undefined,
  saves: 0,
  onStuck: () => undefined,
  isSavedStuck: false,
  device: NOTHING_KEPT,
});

/** For parts of the page beside the form. */
export function useEntryContext(): Entry {
  return useContext(EntryContext);
}
