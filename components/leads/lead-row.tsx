"use client";

import { RelativeTime } from "@/components/ui/time";
import type { LeadSummary } from "@/lib/leads/schema";
import { LeadLink } from "./lead-link";
import { LeadStatus } from "./lead-status";

/** A lead in two lines of the tray; words that are too large for them wrap. */
export function LeadRow({ lead, serverNow }: { lead: LeadSummary; serverNow: number }) {
  return (
    <li className="group/row relative border-b border-border px-4 py-2 last:border-b-0">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="min-w-0 grow basis-32 truncate font-medium">
          <LeadLink lead={lead} />
        </span>
        <span className="text-12 text-ink-faint">
          <RelativeTime at={lead.createdAt} serverNow={serverNow} />
        </span>
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span translate="no" className="min-w-0 max-w-full truncate text-13 text-ink-muted tabular-nums">
          {lead.contact}
        </span>
        <LeadStatus lead={lead} serverNow={serverNow} />
      </div>
    </li>
  );
}
