import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StuckLine } from "@/components/stuck/stuck-line";
import { EmptyState } from "@/components/ui/empty-state";
import type { LeadSummary } from "@/lib/domain/lead/schema";

/** Those that wait for a person come first. `stuckCount`: how many there are of them, shown here or not. */
export type Tray = { leads: LeadSummary[]; stuckCount: number };

type TrayListProps = { tray: Tray; toRow: (lead: LeadSummary) => ReactNode; children?: ReactNode };

export function TrayList({ tray: { leads, stuckCount }, toRow, children }: TrayListProps) {
  const t = useTranslations("lead.recent");
  return (
    <div>
      <StuckLine count={stuckCount} />
      <section aria-labelledby="recent" className="rounded-panel border border-border bg-surface">
        <h2 id="recent" className="border-b border-border px-4 py-3 text-13 font-semibold">
          {t("title")}
        </h2>
        {leads.length === 0 ? (
          <EmptyState title={t("empty")} hint={t("emptyHint")} />
        ) : (
          <ul>
            {leads.map((lead) => (
              <li
                key={lead.id}
                className="group/row relative border-b border-border px-4 py-2 last:border-b-0"
              >
                {toRow(lead)}
              </li>
            ))}
          </ul>
        )}
        {children}
      </section>
    </div>
  );
}
