"use client";

import { useCallback } from "react";
import { useServerDraft } from "@/components/drafts/use-server-draft";
import { callServer, toFailureCode } from "@/components/server/call-server";
import type { Routing } from "@/lib/domain/routing/schema";
import { discardRoutingDraft, keepRoutingDraft, publishRules, rollBackRules } from "@/lib/routing/actions";
import type { RoutingDesk } from "@/lib/routing/schema";

/** `basedOn` is the version that was edited, 0 if there was none. */
type Draft = { routing: Routing; basedOn: number };

const toDraft = (saved: Draft) => saved;
const save = (draft: Draft) => toFailureCode(callServer({ action: () => keepRoutingDraft(draft) }));

/** The rules that are being edited. */
export function useRoutingDraft({ draft: saved, version, routing: published }: RoutingDesk) {
  const { draft, change, stopSaving, replace, ...rest } = useServerDraft({ saved, toDraft, save });
  const routing = draft?.routing ?? published;
  return {
    ...rest,
    routing,
    isDraft: draft !== null,
    isConflict: draft !== null && draft.basedOn !== version,
    change: useCallback(
      (toNext: (routing: Routing) => Routing) =>
        change((before) => ({
          routing: toNext(before?.routing ?? published),
          basedOn: before?.basedOn ?? version,
        })),
      [change, published, version],
    ),
    /** My changes stand, and the version that another has published is replaced. */
    keepMine: () => replace({ routing, basedOn: version }),
    publish: () => {
      stopSaving();
      return toFailureCode(
        callServer({ action: () => publishRules({ routing, basedOn: draft?.basedOn ?? version }) }),
      );
    },
    drop: () => {
      stopSaving();
      return toFailureCode(callServer({ action: () => discardRoutingDraft(undefined) }));
    },
    rollBack: (wanted: number) => {
      stopSaving();
      return toFailureCode(
        callServer({ action: () => rollBackRules({ version: wanted, basedOn: version }) }),
      );
    },
  };
}

export type RoutingDraft = ReturnType<typeof useRoutingDraft>;
