"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { dropDraft, publishMapping, rollBack, saveDraft } from "@/lib/mapping/actions";
import type { KommoDesk, Mapping } from "@/lib/mapping/schema";
import { act } from "./act";

const SAVE_AFTER_MS = 700;

/** `basedOn`: the version it began from, 0 when there was none. */
type Draft = { mapping: Mapping; basedOn: number };

/** What is edited, and whether the server has it. A draft stays whatever happens around it, until it is published or dropped. */
export function useMappingDraft({ draft: saved, published }: KommoDesk, start: Mapping) {
  const { refresh } = useRouter();
  const [draft, setDraft] = useState<Draft | null>(
    saved && { mapping: saved.mapping, basedOn: saved.basedOn },
  );
  const [saving, setSaving] = useState<"saved" | "saving" | { failure: string }>("saved");
  const [, transit] = useTransition();
  const onServer = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const version = published?.version ?? 0;
  const publishedMapping = published?.mapping ?? start;

  useEffect(() => {
    if (!draft || draft === onServer.current) return;
    setSaving("saving");
    timer.current = setTimeout(async () => {
      const failure = await act(() => saveDraft(draft));
      if (!failure) onServer.current = draft;
      setSaving(failure ? { failure } : "saved");
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [draft]);

  const change = useCallback(
    (toNext: (mapping: Mapping) => Mapping) =>
      setDraft((before) => ({
        mapping: toNext(before?.mapping ?? publishedMapping),
        basedOn: before?.basedOn ?? version,
      })),
    [publishedMapping, version],
  );

  /** The page as it is now in the database, with nothing edited on it. */
  const startAnew = () =>
    transit(() => {
      onServer.current = null;
      setDraft(null);
      setSaving("saved");
      refresh();
    });

  return {
    mapping: draft?.mapping ?? publishedMapping,
    basedOn: draft?.basedOn ?? version,
    isDraft: draft !== null,
    isConflict: draft !== null && draft.basedOn !== version,
    saving,
    change,
    replace: setDraft,
    startAnew,
    lookAgain: refresh,
    // A saving that is due would bring the draft back after each of these.
    publish: async () => {
      clearTimeout(timer.current);
      onServer.current = draft;
      const mapping = draft?.mapping ?? publishedMapping;
      return act(() => publishMapping({ mapping, basedOn: draft?.basedOn ?? version }));
    },
    drop: async () => {
      clearTimeout(timer.current);
      return act(() => dropDraft(undefined));
    },
    rollBack: async (wanted: number) => {
      clearTimeout(timer.current);
      const failure = await act(() => rollBack({ version: wanted }));
      return failure ?? act(() => dropDraft(undefined));
    },
  };
}

export type MappingDraft = ReturnType<typeof useMappingDraft>;
