"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";

const SAVE_AFTER_MS = 700;

type ServerDraft<Saved, Draft> = {
  /** The server's own draft; null if it has none. */
  saved: Saved | null;
  toDraft: (saved: Saved) => Draft;
  /** Answers why it failed. */
  save: (draft: Draft) => Promise<string | undefined>;
};

/**
 * What is being edited of something that is published in versions, and whether the server has it: it is saved a moment
 * after each change, and lasts until it is published or discarded. `toDraft` and `save` stay the same ones.
 */
export function useServerDraft<Saved extends object, Draft extends object>({
  saved,
  toDraft,
  save,
}: ServerDraft<Saved, Draft>) {
  const { refresh } = useRouter();
  const [draft, setDraft] = useState<Draft | null>(() => saved && toDraft(saved));
  const [saving, setSaving] = useState<"saved" | "saving" | { failure: string }>("saved");
  const [, startTransition] = useTransition();
  const savedOnServer = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The server's draft at the moment of a restart; undefined while the page keeps its own.
  const savedAtRestart = useRef<Saved | null>(undefined);

  useEffect(() => {
    if (savedAtRestart.current === undefined || savedAtRestart.current === saved) return;
    savedAtRestart.current = undefined;
    savedOnServer.current = saved && toDraft(saved);
    setDraft(savedOnServer.current);
  }, [saved, toDraft]);

  useEffect(() => {
    if (!draft || draft === savedOnServer.current) return;
    setSaving("saving");
    timer.current = setTimeout(async () => {
      const failure = await save(draft);
      if (!failure) savedOnServer.current = draft;
      setSaving(failure ? { failure } : "saved");
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [draft, save]);

  const change = useCallback((toNext: (before: Draft | null) => Draft) => {
    savedAtRestart.current = undefined;
    setDraft(toNext);
  }, []);

  /** Takes what is published and the draft from the database again. */
  const restart = () =>
    startTransition(() => {
      savedAtRestart.current = saved;
      savedOnServer.current = null;
      setDraft(null);
      setSaving("saved");
      refresh();
    });

  /** Before it is published or discarded: a pending save would bring it back. */
  const stopSaving = () => {
    clearTimeout(timer.current);
    savedOnServer.current = draft;
  };

  return { draft, saving, change, restart, stopSaving, replace: setDraft, reload: refresh };
}
