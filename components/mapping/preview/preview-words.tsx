"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { toKnownZone } from "@/lib/domain/known-zone";
import type { Catalogue, Entity, Field } from "@/lib/domain/mapping/catalogue";
import type { FieldValues, IncomingLead } from "@/lib/domain/mapping/payload/incoming-lead";
import type { FallbackValue } from "@/lib/domain/mapping/payload/to-target-values";

const DATES = ["date", "date_time", "birthday"];

type PreviewWordsProps = {
  item: IncomingLead;
  fallbackValues: readonly FallbackValue[];
  /** The id of the field that carries our lead's id. */
  referenceId: number | undefined;
  catalogue: Catalogue;
};

/** The item in words: names instead of ids, dates instead of seconds. */
export function PreviewWords({ item, fallbackValues, referenceId, catalogue }: PreviewWordsProps) {
  const t = useTranslations("mapping.preview");
  const { contacts, leads } = item._embedded;
  const [contact] = contacts;
  const [lead] = leads;
  const pipeline = catalogue.pipelines.find(({ id }) => id === item.pipeline_id);
  const isReference = ({ field_id }: FieldValues) => field_id === referenceId;
  const values = lead.custom_fields_values ?? [];
  const incoming = pipeline?.stages.find(({ kind }) => kind === "incoming");

  return (
    <dl className="overflow-hidden rounded-control border border-border">
      <Line name={t("place")}>
        {pipeline?.name ?? item.pipeline_id} → {incoming?.name ?? t("incoming")}
      </Line>
      <Line name={t("leadName")}>{lead.name}</Line>
      {lead._embedded && (
        <Line name={t("tags")}>{lead._embedded.tags.map(({ name }) => name).join(", ")}</Line>
      )}
      <Values entity="leads" values={values.filter((value) => !isReference(value))} catalogue={catalogue} />
      {values.some(isReference) && <Line name={t("reference")}>{t("leadId")}</Line>}
      <Line name={t("contactName")}>{contact.name}</Line>
      <Values entity="contacts" values={contact.custom_fields_values} catalogue={catalogue} />
      {fallbackValues.map(({ place, name, text, isSent }) => (
        <Line key={place} name={t(isSent ? "parked" : "lost")}>
          {name}: {text}
        </Line>
      ))}
      <Line name={t("form")}>{item.metadata.form_name}</Line>
    </dl>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 border-b border-border px-3 py-1.5 text-13 last:border-b-0 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <dt className="min-w-0 break-words text-ink-muted">{name}</dt>
      <dd translate="no" className="min-w-0 break-words">
        {children}
      </dd>
    </div>
  );
}

type ValuesProps = { entity: Entity; values: FieldValues[] | undefined; catalogue: Catalogue };

function Values({ entity, values = [], catalogue }: ValuesProps) {
  const t = useTranslations("mapping");
  const format = useFormatter();
  const toText = (field: Field | undefined, { value, enum_id, enum_code }: FieldValues["values"][number]) => {
    if (enum_id !== undefined && !enum_code) {
      return field?.options.find(({ id }) => id === enum_id)?.value ?? String(enum_id);
    }
    if (typeof value === "boolean") return t(value ? "preview.yes" : "preview.no");
    if (typeof value === "number" && field && DATES.includes(field.type)) {
      const zone = toKnownZone(catalogue.account.timeZone ?? "UTC");
      const clock = field.type === "date_time" && ({ timeStyle: "short" } as const);
      return format.dateTime(new Date(value * 1000), { dateStyle: "medium", ...clock, timeZone: zone });
    }
    return enum_code ? `${value} (${enum_code})` : String(value);
  };

  return values.map(({ field_id, values: given }) => {
    const field = catalogue.fields.find((known) => known.entity === entity && known.id === field_id);
    const name = `${t(`entities.${entity}`)} · ${field?.name ?? field_id}`;
    return (
      <Line key={field_id} name={name}>
        {given.map((value) => toText(field, value)).join(", ")}
      </Line>
    );
  });
}
