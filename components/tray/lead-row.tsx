import type { ReactNode } from "react";
import { LeadLink } from "@/components/lead/lead-link";
import type { LeadSummary } from "@/lib/domain/lead/schema";

type LeadRowProps = { lead: LeadSummary; time: ReactNode; status: ReactNode; children?: ReactNode };

/** A lead in two lines of the tray, with its buttons in a third; words that are too long wrap. */
export function LeadRow({ lead, time, status, children }: LeadRowProps) {
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="min-w-0 grow basis-32 truncate font-medium">
          <LeadLink lead={lead} />
        </span>
        <span className="text-12 text-ink-faint">{time}</span>
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span translate="no" className="min-w-0 max-w-full truncate text-13 text-ink-muted tabular-nums">
          {lead.contact}
        </span>
        {status}
      </div>
      {children}
    </>
  );
}
