"use client";

import { useRouter } from "next/navigation";
import { canUndoPaste, type Dispatch, type EntryState } from "@/components/entry/entry-state";
import { rememberMore } from "@/components/entry/fields/remember-more";
import { chooseSource, swapNames } from "@/components/entry/fields/set-values";
import type { LeadForm } from "@/components/entry/typed-lead";
import { useShortcuts } from "./use-shortcuts";

type FormShortcuts = {
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  sources: string[];
  acts: { submit: () => Promise<void>; clear: () => void; acceptAll: () => void; undoPaste: () => void };
};

/** What the keyboard does to the form. */
export function useFormShortcuts({ form, state, dispatch, sources, acts }: FormShortcuts): void {
  const router = useRouter();
  useShortcuts({
    send: () => void acts.submit(),
    source: ({ digit = 0 }) => {
      const source = sources[digit - 1];
      if (source !== undefined) chooseSource(form, source);
    },
    swap: () => swapNames(form),
    repair: acts.acceptAll,
    undoPaste: canUndoPaste(state) ? acts.undoPaste : undefined,
    more: () => {
      rememberMore(!state.isMoreOpen);
      dispatch({ type: "more_set", isOpen: !state.isMoreOpen });
    },
    clear: acts.clear,
    history: () => router.push("/leads"),
    help: () => dispatch({ type: "help_set", isOpen: true }),
  });
}
