"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { compareMappings } from "@/lib/domain/mapping/compare-mappings";
import { mergeMappings } from "@/lib/domain/mapping/merge-mappings";
import type { Mapping } from "@/lib/domain/mapping/schema";
import type { KommoDesk } from "@/lib/mapping/schema";
import { Differences } from "./differences";

type ConflictProps = {
  published: NonNullable<KommoDesk["published"]>;
  /** The version that both are based on. */
  base: Mapping;
  mine: Mapping;
  onMerge: (mapping: Mapping, basedOn: number) => void;
  onDrop: () => void;
};

/** Somebody else published meanwhile. Shows both sets of changes, so that neither is lost. */
export function Conflict({ published, base, mine, onMerge, onDrop }: ConflictProps) {
  const t = useTranslations("mapping.conflict");
  const { version, mapping: theirs, publishedBy } = published;
  const by = publishedBy ?? t("somebody");

  return (
    <Notice role="alert" title={t("title", { by, version })} body={t("body")}>
      <div className="grid w-full gap-4 text-ink sm:grid-cols-2">
        <div>
          <h3 className="mb-1 font-semibold">{t("theirs", { by })}</h3>
          <Differences differences={compareMappings(base, theirs)} mapping={theirs} />
        </div>
        <div>
          <h3 className="mb-1 font-semibold">{t("mine")}</h3>
          <Differences differences={compareMappings(base, mine)} mapping={mine} />
        </div>
      </div>
      <Button size="small" onClick={() => onMerge(mergeMappings(base, mine, theirs), version)}>
        {t("merge")}
      </Button>
      <Button size="small" look="secondary" onClick={onDrop}>
        {t("drop")}
      </Button>
    </Notice>
  );
}
