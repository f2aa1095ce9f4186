"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { dropDraft, saveDraft } from "@/lib/mapping/actions";
import type { Mapping } from "@/lib/mapping/schema";
import { act } from "./act";
import type { Draft, Version } from "./desk";

const SAVE_AFTER_MS = 700;

/** What is edited, and whether the server has it. A draft stays whatever happens around it, until it is published or dropped. */
export function useMappingDraft(saved: Draft | null, published: Version | undefined, first: Mapping) {
  const { refresh } = useRouter();
  const [draft, setDraft] = useState<Draft | null>(saved);
  const [saving, setSaving] = useState<"saved" | "saving" | { failure: string }>("saved");
  const [, start] = useTransition();
  const onServer = useRef(draft);
  const version = published?.version ?? 0;
  const publishedMapping = published?.mapping ?? first;

  useEffect(() => {
    if (!draft || draft === onServer.current) return;
    setSaving("saving");
    const timer = setTimeout(async () => {
      const failure = await act(() => saveDraft(draft));
      if (!failure) onServer.current = draft;
      setSaving(failure ? { failure } : "saved");
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
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
    start(() => {
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
    drop: async () => {
      const failure = await act(() => dropDraft(undefined));
      if (!failure) startAnew();
      return failure;
    },
  };
}

export type MappingDraft = ReturnType<typeof useMappingDraft>;
