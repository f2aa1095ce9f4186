import { useTranslations } from "next-intl";
import type { LeadField } from "@/lib/domain/lead/fields";
import { toShownPhone } from "@/lib/domain/lead/phone";
import type { CustomValues as Values } from "@/lib/domain/lead/schema";
import type { FormFields, Labels } from "@/lib/domain/mapping/schema";
import { ContactActions } from "./contact-actions";
import { CustomValues } from "./custom-values";
import { FallbackNote, type FallbackValue } from "./fallback-note";
import { useOwnLabel } from "./use-own-label";
import { ValueRow } from "./value-row";

type TypedValuesProps = {
  lead: {
    fields: { field: LeadField; value: string }[];
    /** Shown when it differs from the normalised number. */
    phoneAsTyped: string | null;
    custom: Values;
    fallbackValues: FallbackValue[];
  };
  /** The fields of the form, and those that were on it when the lead was typed. */
  custom: FormFields["custom"];
  labels: Labels;
};

export function TypedValues({ lead, custom, labels }: TypedValuesProps) {
  const t = useTranslations();
  const toLabel = useOwnLabel(labels);
  const { fields, phoneAsTyped, fallbackValues } = lead;
  return (
    <dl className="rounded-panel border border-border bg-surface">
      {fields.map(({ field, value }) => (
        <ValueRow key={field} name={toLabel(field)}>
          <span translate="no">{toShown(field, value)}</span>
          {field === "phone" && phoneAsTyped && ![value, toShown(field, value)].includes(phoneAsTyped) && (
            <span className="block text-13 text-ink-muted">
              {t("leads.phoneAsTyped")}:{" "}
              <span translate="no" className="inline-block">
                {phoneAsTyped}
              </span>
            </span>
          )}
          <ContactActions field={field} value={value} />
          <FallbackNote fallbackValues={fallbackValues} place={field} />
        </ValueRow>
      ))}
      <CustomValues values={lead.custom} fields={custom} fallbackValues={fallbackValues} />
    </dl>
  );
}

function toShown(field: LeadField, value: string): string {
  return field === "phone" ? toShownPhone(value) : value;
}
