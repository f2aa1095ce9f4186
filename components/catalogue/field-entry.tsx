"use client";

import { useTranslations } from "next-intl";
import { memo } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import type { Field, Pipeline } from "@/lib/domain/mapping/catalogue";
import { Entry, IdButton } from "./entry";

import { useTypeName } from "./use-type-name";

type FieldEntryProps = {
  field: Field;
  pipelines: readonly Pipeline[];
  /** The name of our field that goes there. */
  use: string | undefined;
};

export const FieldEntry = memo(function FieldEntry({ field, pipelines, use }: FieldEntryProps) {
  const t = useTranslations("catalogue");
  const toTypeName = useTypeName();
  const facts = [
    toTypeName(field.type),
    field.code,
    field.group,
    field.isApiOnly && t("apiOnly"),
    field.isComputed && t("computed"),
  ];

  return (
    <Entry
      id={field.id}
      name={field.name}
      facts={
        <>
          {facts.filter(Boolean).join(" · ")}
          {use && <span className="block font-medium text-good-ink">← {use}</span>}
        </>
      }
    >
      {field.requiredIn.length > 0 && (
        <Disclosure title={t("requiredIn", { count: field.requiredIn.length })}>
          {() => (
            <ul className="pb-1 pl-5 text-ink-muted">
              {field.requiredIn.map((place) => (
                <li key={`${place.pipelineId}-${place.stageId}`} className="break-words">
                  {toPlace(pipelines, place)}
                </li>
              ))}
            </ul>
          )}
        </Disclosure>
      )}
      {field.options.length > 0 && (
        <Disclosure title={t("options", { count: field.options.length })}>
          {() => (
            <ul className="pl-5">
              {field.options.map((option) => (
                <li key={option.id} className="flex items-center justify-between gap-2">
                  <span translate="no" className="min-w-0 break-words">
                    {option.value}
                  </span>
                  <IdButton id={option.id} name={option.value} />
                </li>
              ))}
            </ul>
          )}
        </Disclosure>
      )}
    </Entry>
  );
});

function toPlace(pipelines: readonly Pipeline[], { pipelineId, stageId }: Field["requiredIn"][number]) {
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stage = pipeline?.stages.find(({ id }) => id === stageId);
  return `${pipeline?.name ?? pipelineId} → ${stage?.name ?? stageId}`;
}
