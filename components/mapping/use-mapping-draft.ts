"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { callServer, KOMMO_WAIT_MS, toFailureCode } from "@/components/server/call-server";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { dropDraft, publishMapping, rollBack, saveDraft } from "@/lib/mapping/actions";
import type { KommoDesk } from "@/lib/mapping/schema";

const SAVE_AFTER_MS = 700;

/** `basedOn` is the version that was edited, 0 if there was none; `base` is that version's mapping. */
type Draft = { mapping: Mapping; basedOn: number; base: Mapping };

/**
 * The mapping that is being edited, and whether the server has it. The draft lasts until it is published or discarded.
 */
export function useMappingDraft({ draft: saved, published }: KommoDesk, start: Mapping) {
  const { refresh } = useRouter();
  const version = published?.version ?? 0;
  const publishedMapping = published?.mapping ?? start;
  const savedDraft = saved && {
    mapping: saved.mapping,
    basedOn: saved.basedOn,
    base: saved.basedOn === version ? publishedMapping : (saved.base ?? start),
  };
  const [draft, setDraft] = useState<Draft | null>(savedDraft);
  const [saving, setSaving] = useState<"saved" | "saving" | { failure: string }>("saved");
  const [, startTransition] = useTransition();
  const savedOnServer = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The server's draft at the moment of a restart; undefined while the page keeps its own.
  const draftAtRestart = useRef<KommoDesk["draft"]>(undefined);

  useEffect(() => {
    if (draftAtRestart.current === undefined || draftAtRestart.current === saved) return;
    draftAtRestart.current = undefined;
    savedOnServer.current = savedDraft;
    setDraft(savedDraft);
  }, [saved, savedDraft]);

  useEffect(() => {
    if (!draft || draft === savedOnServer.current) return;
    setSaving("saving");
    timer.current = setTimeout(async () => {
      const { mapping, basedOn } = draft;
      const failure = await toFailureCode(callServer({ action: () => saveDraft({ mapping, basedOn }) }));
      if (!failure) savedOnServer.current = draft;
      setSaving(failure ? { failure } : "saved");
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [draft]);

  const change = useCallback(
    (toNext: (mapping: Mapping) => Mapping) => {
      draftAtRestart.current = undefined;
      setDraft((before) => ({
        mapping: toNext(before?.mapping ?? publishedMapping),
        basedOn: before?.basedOn ?? version,
        base: before?.base ?? publishedMapping,
      }));
    },
    [publishedMapping, version],
  );

  /** Takes the published mapping and the draft from the database again. */
  const restart = () =>
    startTransition(() => {
      draftAtRestart.current = saved;
      savedOnServer.current = null;
      setDraft(null);
      setSaving("saved");
      refresh();
    });

  return {
    mapping: draft?.mapping ?? publishedMapping,
    base: draft?.base ?? publishedMapping,
    isDraft: draft !== null,
    isConflict: draft !== null && draft.basedOn !== version,
    saving,
    change,
    replace: setDraft,
    restart,
    reload: refresh,
    // A pending save would bring the draft back after each of these.
    publish: async () => {
      clearTimeout(timer.current);
      savedOnServer.current = draft;
      const mapping = draft?.mapping ?? publishedMapping;
      return toFailureCode(
        callServer({
          action: () => publishMapping({ mapping, basedOn: draft?.basedOn ?? version }),
          waitMs: KOMMO_WAIT_MS,
        }),
      );
    },
    drop: async () => {
      clearTimeout(timer.current);
      return toFailureCode(callServer({ action: () => dropDraft(undefined) }));
    },
    rollBack: async (wanted: number) => {
      clearTimeout(timer.current);
      return toFailureCode(
        callServer({ action: () => rollBack({ version: wanted, basedOn: version }), waitMs: KOMMO_WAIT_MS }),
      );
    },
  };
}

export type MappingDraft = ReturnType<typeof useMappingDraft>;
