"use client";

import { useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useMemo, useState } from "react";
import { JsonBlock } from "@/components/ui/json-block";
import { SelectField } from "@/components/ui/select-field";
import type { Catalogue } from "@/lib/domain/mapping/catalogue";
import { findDrift } from "@/lib/domain/mapping/drift/find-drift";
import { toIncomingLead } from "@/lib/domain/mapping/payload/to-incoming-lead";
import { toSampleLead } from "@/lib/domain/mapping/payload/to-sample-lead";
import { toTargetValues } from "@/lib/domain/mapping/payload/to-target-values";
import type { Mapping } from "@/lib/domain/mapping/schema";
import type { KommoDesk } from "@/lib/mapping/schema";
import { PreviewWords } from "./preview-words";

const SAMPLE = "sample";
const SAMPLE_ID = "00000000-0000-4000-8000-000000000000";

type PreviewProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  samples: KommoDesk["samples"];
  serverNow: number;
  children: ReactNode;
};

/** A lead as Kommo will receive it, built by the code of the delivery. */
export function Preview({ catalogue, mapping, samples, serverNow, children }: PreviewProps) {
  const t = useTranslations("mapping.preview");
  const id = useId();
  const [chosen, choose] = useState(useSearchParams().get("lead") ?? SAMPLE);
  const real = samples.find((sample) => sample.id === chosen)?.lead;
  const about = { id: SAMPLE_ID, createdAt: serverNow, page: `…/leads/${SAMPLE_ID}` };
  const lead = real ?? toSampleLead(mapping, about);
  const drift = useMemo(() => findDrift(mapping, catalogue), [mapping, catalogue]);
  const item = toIncomingLead(lead, mapping, drift);

  return (
    <section
      id="preview"
      aria-labelledby={`${id}-title`}
      className="rounded-panel border border-border bg-surface p-4"
    >
      <h3 id={`${id}-title`} className="font-semibold">
        {t("title")}
      </h3>
      <SelectField
        className="mt-2 max-w-80"
        id={`${id}-lead`}
        label={t("lead")}
        value={real ? chosen : SAMPLE}
        onChange={(event) => choose(event.target.value)}
      >
        <option value={SAMPLE}>{t("sample")}</option>
        {samples.map((sample) => (
          <option key={sample.id} value={sample.id}>
            {sample.title || t("nameless")}
          </option>
        ))}
      </SelectField>
      <PreviewWords
        item={item}
        fallbackValues={toTargetValues(lead, mapping, drift).fallbackValues}
        referenceId={mapping.reference?.fieldId}
        catalogue={catalogue}
      />
      <div className="mt-2 mb-2">
        <JsonBlock title={t("json")} text={JSON.stringify(item)} />
      </div>
      {children}
    </section>
  );
}
