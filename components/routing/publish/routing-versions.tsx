"use client";

import { useTranslations } from "next-intl";
import { PublishedVersions } from "@/components/drafts/published-versions";
import type { RoutingDraft } from "@/components/routing/use-routing-draft";
import type { RoutingDesk } from "@/lib/routing/schema";
import { RoutingDifferences } from "./routing-differences";

type RoutingVersionsProps = { versions: RoutingDesk["versions"]; draft: RoutingDraft; serverNow: number };

export function RoutingVersions({ versions, draft, serverNow }: RoutingVersionsProps) {
  const t = useTranslations("mapping.versions");
  return (
    <PublishedVersions
      versions={versions}
      heading={
        <h2 id="versions" className="border-b border-border px-4 py-3 text-16 font-semibold">
          {t("title")}
        </h2>
      }
      serverNow={serverNow}
      toDifferences={(differences) => <RoutingDifferences differences={differences} />}
      onOpen={async (version) => {
        const code = await draft.rollBack(version);
        if (code === "routing_conflict") draft.reload();
        // Without a draft of one's own, what could not be published is the draft now, to be mended.
        if (code === "routing_unsound" && !draft.isDraft) draft.restart();
        return code;
      }}
      onDone={draft.restart}
    />
  );
}
