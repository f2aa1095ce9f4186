"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { applyFix, listFixes } from "@/lib/domain/mapping/drift/apply-fix";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import type { Finding, Mapping } from "@/lib/domain/mapping/schema";
import { jumpTo } from "./jump-to";
import { useFindingWords } from "./use-finding-words";

type DriftListProps = {
  drift: readonly Finding[];
  mapping: Mapping;
  catalogue: Catalogue;
  onChange: (toNext: (mapping: Mapping) => Mapping) => void;
  /** Shows the mapping where only one pane is visible at a time. */
  onShow: () => void;
};

const TO_CHOOSE = ["choose_field", "choose_pipeline"];

/** Changes in Kommo since the mapping was published, each with a button that fixes the draft. */
export function DriftList({ drift, mapping, catalogue, onChange, onShow }: DriftListProps) {
  const t = useTranslations("drift");
  if (drift.length === 0) return null;
  const left = new Set(findDrift(mapping, catalogue).map(toKey));

  const fixAndShow = (finding: Finding) => {
    if (finding.fix.kind === "leave_to_kommo") {
      return onChange((before) => applyFix(finding, before, catalogue));
    }
    if (!TO_CHOOSE.includes(finding.fix.kind)) onChange((before) => applyFix(finding, before, catalogue));
    onShow();
    // A field that was just added to the form exists after the next paint.
    requestAnimationFrame(() => jumpTo(finding.place));
  };

  return (
    <section aria-labelledby="drift" className="rounded-panel bg-needs-you-tint p-4">
      <h2 id="drift" className="flex gap-2 text-16 font-semibold text-needs-you-ink">
        <TriangleAlert aria-hidden className="mt-1 size-4 shrink-0" />
        {t("title", { count: drift.length })}
      </h2>
      <ul className="mt-2 flex flex-col">
        {drift.map((finding) => (
          <DriftRow
            key={toKey(finding)}
            finding={finding}
            mapping={mapping}
            catalogue={catalogue}
            isFixed={!left.has(toKey(finding))}
            onFix={fixAndShow}
          />
        ))}
      </ul>
    </section>
  );
}

type DriftRowProps = {
  finding: Finding;
  mapping: Mapping;
  catalogue: Catalogue;
  isFixed: boolean;
  onFix: (finding: Finding) => void;
};

function DriftRow({ finding, mapping, catalogue, isFixed, onFix }: DriftRowProps) {
  const t = useTranslations("drift");
  const { toSentence, toConsequence, toFix } = useFindingWords(mapping, catalogue);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border-strong/40 py-2 last:border-b-0">
      <p className="min-w-0 grow basis-72">
        {toSentence(finding)} <span className="text-ink-muted">{toConsequence(finding)}</span>
      </p>
      {isFixed ? (
        <p className="inline-flex items-center gap-1 text-13 font-medium text-good-ink">
          <CircleCheck aria-hidden className="size-4 shrink-0" />
          {t("mended")}
        </p>
      ) : (
        <div className="flex flex-wrap gap-2">
          {listFixes(finding).map((fix) => (
            <Button key={fix.kind} look="secondary" size="small" onClick={() => onFix({ ...finding, fix })}>
              {toFix({ ...finding, fix })}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function toKey({ kind, place, values }: Finding): string {
  return [kind, place, values.optionId].join(" ");
}
