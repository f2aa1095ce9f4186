import { useTranslations } from "next-intl";
import type { LeadField } from "@/lib/domain/lead/fields";
import type { CustomValues as Values } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import { CustomValues } from "./custom-values";
import { FallbackNote, type FallbackValue } from "./fallback-note";
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
};

export function TypedValues({ lead, custom }: TypedValuesProps) {
  const t = useTranslations();
  const { fields, phoneAsTyped, fallbackValues } = lead;
  return (
    <dl className="rounded-panel border border-border bg-surface">
      {fields.map(({ field, value }) => (
        <ValueRow key={field} name={t(`lead.fields.${field}`)}>
          <span translate="no">{value}</span>
          {field === "phone" && phoneAsTyped && phoneAsTyped !== value && (
            <span className="block text-13 text-ink-muted">
              {t("leads.phoneAsTyped")}:{" "}
              <span translate="no" className="inline-block">
                {phoneAsTyped}
              </span>
            </span>
          )}
          <FallbackNote fallbackValues={fallbackValues} place={field} />
        </ValueRow>
      ))}
      <CustomValues values={lead.custom} fields={custom} fallbackValues={fallbackValues} />
    </dl>
  );
}
