"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState, useTransition } from "react";
import { callServer, KOMMO_WAIT_MS, toFailureCode } from "@/components/server/call-server";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { dropDraft, publishMapping, rollBack, saveDraft } from "@/lib/mapping/actions";
import type { KommoDesk } from "@/lib/mapping/schema";

const SAVE_AFTER_MS = 700;

/** `basedOn`: the version it began from, 0 when there was none; `base`: what that version was. */
type Draft = { mapping: Mapping; basedOn: number; base: Mapping };

/** What is edited, and whether the server has it. A draft stays whatever happens around it, until it is published or dropped. */
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
  const [, transit] = useTransition();
  const onServer = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // What the page had of the draft when it was started anew; undefined while it goes on with its own.
  const left = useRef<KommoDesk["draft"]>(undefined);

  useEffect(() => {
    if (left.current === undefined || left.current === saved) return;
    left.current = undefined;
    onServer.current = savedDraft;
    setDraft(savedDraft);
  }, [saved, savedDraft]);

  useEffect(() => {
    if (!draft || draft === onServer.current) return;
    setSaving("saving");
    timer.current = setTimeout(async () => {
      const { mapping, basedOn } = draft;
      const failure = await toFailureCode(callServer({ action: () => saveDraft({ mapping, basedOn }) }));
      if (!failure) onServer.current = draft;
      setSaving(failure ? { failure } : "saved");
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer.current);
  }, [draft]);

  const change = useCallback(
    (toNext: (mapping: Mapping) => Mapping) => {
      left.current = undefined;
      setDraft((before) => ({
        mapping: toNext(before?.mapping ?? publishedMapping),
        basedOn: before?.basedOn ?? version,
        base: before?.base ?? publishedMapping,
      }));
    },
    [publishedMapping, version],
  );

  /** The page as it is now in the database, with what is drafted there. */
  const startAnew = () =>
    transit(() => {
      left.current = saved;
      onServer.current = null;
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
    startAnew,
    lookAgain: refresh,
    // A saving that is due would bring the draft back after each of these.
    publish: async () => {
      clearTimeout(timer.current);
      onServer.current = draft;
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
