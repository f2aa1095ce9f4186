import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { LeadSummary } from "@/lib/domain/lead/schema";

type TrayListProps = { leads: LeadSummary[]; toRow: (lead: LeadSummary) => ReactNode; children?: ReactNode };

export function TrayList({ leads, toRow, children }: TrayListProps) {
  const t = useTranslations("lead.recent");
  return (
    <section aria-labelledby="recent" className="rounded-panel border border-border bg-surface">
      <h2 id="recent" className="border-b border-border px-4 py-3 text-13 font-semibold">
        {t("title")}
      </h2>
      {leads.length === 0 ? (
        <EmptyState title={t("empty")} hint={t("emptyHint")} />
      ) : (
        <ul>
          {leads.map((lead) => (
            <li key={lead.id} className="group/row relative border-b border-border px-4 py-2 last:border-b-0">
              {toRow(lead)}
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}
