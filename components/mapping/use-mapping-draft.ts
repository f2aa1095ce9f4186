"use client";

import { useCallback } from "react";
import { useServerDraft } from "@/components/drafts/use-server-draft";
import { callServer, KOMMO_WAIT_MS, toFailureCode } from "@/components/server/call-server";
import type { Mapping } from "@/lib/domain/mapping/schema";
import { dropDraft, publishMapping, rollBack, saveDraft } from "@/lib/mapping/actions";
import type { KommoDesk } from "@/lib/mapping/schema";

/** `basedOn` is the version that was edited, 0 if there was none; `base` is that version's mapping. */
type Draft = { mapping: Mapping; basedOn: number; base: Mapping };
type SavedDraft = NonNullable<KommoDesk["draft"]>;

const save = ({ mapping, basedOn }: Draft) =>
  toFailureCode(callServer({ action: () => saveDraft({ mapping, basedOn }) }));

/** The mapping that is being edited. */
export function useMappingDraft({ draft: saved, published }: KommoDesk, start: Mapping) {
  const version = published?.version ?? 0;
  const publishedMapping = published?.mapping ?? start;
  const toDraft = useCallback(
    ({ mapping, basedOn, base }: SavedDraft): Draft => ({
      ...{ mapping, basedOn },
      base: basedOn === version ? publishedMapping : (base ?? start),
    }),
    [version, publishedMapping, start],
  );
  const { draft, change, stopSaving, ...rest } = useServerDraft({ saved, toDraft, save });
  const mapping = draft?.mapping ?? publishedMapping;
  return {
    ...rest,
    mapping,
    base: draft?.base ?? publishedMapping,
    isDraft: draft !== null,
    isConflict: draft !== null && draft.basedOn !== version,
    change: useCallback(
      (toNext: (mapping: Mapping) => Mapping) =>
        change((before) => ({
          mapping: toNext(before?.mapping ?? publishedMapping),
          basedOn: before?.basedOn ?? version,
          base: before?.base ?? publishedMapping,
        })),
      [change, publishedMapping, version],
    ),
    publish: () => {
      stopSaving();
      return toFailureCode(
        callServer({
          action: () => publishMapping({ mapping, basedOn: draft?.basedOn ?? version }),
          waitMs: KOMMO_WAIT_MS,
        }),
      );
    },
    drop: () => {
      stopSaving();
      return toFailureCode(callServer({ action: () => dropDraft(undefined) }));
    },
    rollBack: (wanted: number) => {
      stopSaving();
      return toFailureCode(
        callServer({ action: () => rollBack({ version: wanted, basedOn: version }), waitMs: KOMMO_WAIT_MS }),
      );
    },
  };
}

export type MappingDraft = ReturnType<typeof useMappingDraft>;
