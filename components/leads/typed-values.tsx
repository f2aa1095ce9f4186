import { useTranslations } from "next-intl";
import type { LeadField } from "@/lib/leads/schema";

type TypedValuesProps = {
  fields: { field: LeadField; value: string }[];
  /** As it was typed, when that differs from the number we keep. */
  phoneAsTyped: string | null;
};

export function TypedValues({ fields, phoneAsTyped }: TypedValuesProps) {
  const t = useTranslations();
  const phone = fields.find(({ field }) => field === "phone");
  const rows = fields.map(({ field, value }) => ({ key: field, label: t(`lead.fields.${field}`), value }));
  const raw =
    phoneAsTyped && phoneAsTyped !== phone?.value
      ? [{ key: "raw", label: t("leads.phoneAsTyped"), value: phoneAsTyped }]
      : [];
  return (
    <dl className="rounded-panel border border-border bg-surface">
      {[...rows, ...raw].map(({ key, label, value }) => (
        <div
          key={key}
          className="grid grid-cols-[8rem_minmax(0,1fr)] gap-4 border-b border-border px-4 py-2 last:border-b-0"
        >
          <dt className="text-13 text-ink-muted">{label}</dt>
          <dd translate="no" className="break-words tabular-nums">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
