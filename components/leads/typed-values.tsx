import { useTranslations } from "next-intl";
import type { LeadField } from "@/lib/leads/schema";

type TypedValuesProps = {
  fields: { field: LeadField; value: string }[];
  /** Shown when it differs from the number we keep. */
  phoneAsTyped: string | null;
};

export function TypedValues({ fields, phoneAsTyped }: TypedValuesProps) {
  const t = useTranslations();
  return (
    <dl className="rounded-panel border border-border bg-surface">
      {fields.map(({ field, value }) => (
        <div key={field} className="flex flex-wrap gap-x-4 border-b border-border px-4 py-2 last:border-b-0">
          <dt className="w-28 text-13 text-ink-muted">{t(`lead.fields.${field}`)}</dt>
          <dd className="min-w-0 grow basis-36 break-words tabular-nums">
            <span translate="no">{value}</span>
            {field === "phone" && phoneAsTyped && phoneAsTyped !== value && (
              <span className="block text-13 text-ink-muted">
                {t("leads.phoneAsTyped")}:{" "}
                <span translate="no" className="inline-block">
                  {phoneAsTyped}
                </span>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
