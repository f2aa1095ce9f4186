"use client";

import { useRouter } from "next/navigation";
import { canUndoPaste, type Dispatch, type EntryState } from "@/components/entry/entry-state";
import { rememberMore } from "@/components/entry/fields/remember-more";
import { chooseSource, swapNames } from "@/components/entry/fields/set-values";
import type { LeadForm } from "@/components/entry/typed-lead";
import type { Press } from "./shortcuts";
import { useShortcuts } from "./use-shortcuts";

type FormShortcuts = {
  form: LeadForm;
  state: EntryState;
  dispatch: Dispatch;
  sources: string[];
  acts: Record<"clear" | "acceptAll" | "undoPaste" | "noteLeftovers", () => void> & {
    submitByKey: () => Promise<void>;
  };
};

/** What the keyboard does to the form. */
export function useFormShortcuts({ form, state, dispatch, sources, acts }: FormShortcuts): void {
  const router = useRouter();
  const everywhere = {
    source: ({ digit = 0 }: Press) => {
      const source = sources[digit - 1];
      if (source !== undefined) chooseSource(form, source);
    },
    history: () => router.push("/leads"),
    help: () => dispatch({ type: "help_set", isOpen: true }),
  };
  // The rows of several people have keys of their own.
  const hasForm = state.people.length === 0;
  const ofForm = {
    send: () => void acts.submitByKey(),
    swap: () => swapNames(form),
    repair: acts.acceptAll,
    undoPaste: canUndoPaste(state) ? acts.undoPaste : undefined,
    comment: acts.noteLeftovers,
    more: () => {
      rememberMore(!state.isMoreOpen);
      dispatch({ type: "more_set", isOpen: !state.isMoreOpen });
    },
    clear: acts.clear,
  };
  useShortcuts({ ...(hasForm && ofForm), ...everywhere });
}
