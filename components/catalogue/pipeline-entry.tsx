"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import type { Pipeline } from "@/lib/domain/mapping/catalogue";
import { Entry, IdButton } from "./entry";

export const PipelineEntry = memo(function PipelineEntry({ pipeline }: { pipeline: Pipeline }) {
  const t = useTranslations("catalogue");
  const facts = [
    pipeline.isMain && t("main"),
    pipeline.isArchived && t("archived"),
    !pipeline.takesIncoming && t("noIncoming"),
    t("stages", { count: pipeline.stages.length }),
  ];

  return (
    <Entry id={pipeline.id} name={pipeline.name} facts={facts.filter(Boolean).join(" · ")}>
      <ol className="mt-1">
        {pipeline.stages.map((stage) => (
          <li key={stage.id} className="flex items-center gap-2 text-13">
            <span
              aria-hidden
              className="size-3 shrink-0 rounded-full border border-border-strong"
              style={{ backgroundColor: stage.color }}
            />
            <span translate="no" className="min-w-0 break-words">
              {stage.name}
            </span>
            {stage.kind !== "open" && (
              <span className="text-12 whitespace-nowrap text-ink-faint">{t(`kinds.${stage.kind}`)}</span>
            )}
            <span className="ml-auto">
              <IdButton id={stage.id} name={stage.name} />
            </span>
          </li>
        ))}
      </ol>
    </Entry>
  );
});
