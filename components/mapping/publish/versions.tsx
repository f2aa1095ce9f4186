"use client";

import { useTranslations } from "next-intl";
import { PublishedVersions } from "@/components/drafts/published-versions";
import type { MappingDraft } from "@/components/mapping/use-mapping-draft";
import type { KommoDesk } from "@/lib/mapping/schema";
import { Differences } from "./differences";

type VersionsProps = {
  versions: KommoDesk["versions"];
  draft: MappingDraft;
  serverNow: number;
};

const BECOMES_DRAFT = ["mapping_conflict", "mapping_unsound"];

export function Versions({ versions, draft, serverNow }: VersionsProps) {
  const t = useTranslations("mapping.versions");
  return (
    <PublishedVersions
      versions={versions}
      heading={
        <h3 id="versions" className="border-b border-border px-4 py-3 font-semibold">
          {t("title")}
        </h3>
      }
      serverNow={serverNow}
      toDifferences={(differences) => <Differences differences={differences} mapping={draft.mapping} />}
      onOpen={async (version) => {
        const code = await draft.rollBack(version);
        // A version that could not be published is now the draft, with everything that has to be fixed.
        if (code && BECOMES_DRAFT.includes(code)) draft.restart();
        return code;
      }}
      onDone={draft.restart}
    />
  );
}
