"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { JsonBlock } from "@/components/ui/json-block";
import { SelectField } from "@/components/ui/select-field";
import type { Catalogue } from "@/lib/catalogue/schema";
import type { Mapping } from "@/lib/mapping/schema";
import { toIncomingLead } from "@/lib/mapping/to-incoming-lead";
import { toSampleLead } from "@/lib/mapping/to-sample-lead";
import type { PreviewLead } from "./desk";
import { PreviewWords } from "./preview-words";

const SAMPLE = "sample";
const SAMPLE_ID = "00000000-0000-4000-8000-000000000000";

type PreviewProps = {
  catalogue: Catalogue;
  mapping: Mapping;
  leads: readonly PreviewLead[];
  serverNow: number;
};

/** A lead as Kommo will get it, made by what delivery itself uses. */
export function Preview({ catalogue, mapping, leads, serverNow }: PreviewProps) {
  const t = useTranslations("mapping.preview");
  const id = useId();
  const [chosen, choose] = useState(SAMPLE);
  const real = leads.find(({ id }) => id === chosen);
  const item = toIncomingLead(
    real ?? toSampleLead(mapping, { id: SAMPLE_ID, createdAt: serverNow, page: `…/leads/${SAMPLE_ID}` }),
    mapping,
  );

  return (
    <section aria-labelledby={`${id}-title`} className="rounded-panel border border-border bg-surface p-4">
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
        {leads.map((lead) => (
          <option key={lead.id} value={lead.id}>
            {lead.title || t("nameless")}
          </option>
        ))}
      </SelectField>
      <PreviewWords item={item} catalogue={catalogue} />
      <div className="mt-2">
        <JsonBlock title={t("json")} text={JSON.stringify(item)} />
      </div>
    </section>
  );
}
