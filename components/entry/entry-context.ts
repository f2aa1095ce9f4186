"use client";

import { createContext, useContext } from "react";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";

type Entry = {
  /** The lead that is in the form for a correction. */
  correctingId: string | undefined;
  correct: (lead: LeadToCorrect) => void;
  /** Counts what the form has saved, so that a list of leads refreshes. */
  saves: number;
  /** One of the last leads has come to need a person: no "Saved" may stand beside it. */
  onStuck: () => void;
  isSavedStuck: boolean;
  /** The keys that undo and edit mean a lead on this device, which no server has yet. */
  isLastOnDevice: boolean;
};

export const EntryContext = createContext<Entry>({
  correctingId: undefined,
  correct: () => undefined,
  saves: 0,
  onStuck: () => undefined,
  isSavedStuck: false,
  isLastOnDevice: false,
});

/** For parts of the page beside the form. */
export function useEntryContext(): Entry {
  return useContext(EntryContext);
}
