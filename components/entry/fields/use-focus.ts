import { useLayoutEffect } from "react";
import type { EntryState } from "@/components/entry/entry-state";
import { toInputId } from "./inputs";

/** At once: react-hook-form's own way is a moment later and may take the focus from a field just reached. */
export function useFocus({ focus }: EntryState): void {
  useLayoutEffect(() => {
    if (focus) document.getElementById(toInputId(focus.name))?.focus();
  }, [focus]);
}
