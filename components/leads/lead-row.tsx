"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/ui/time";
import type { LeadSummary } from "@/lib/leads/schema";
import { LeadStatus } from "./lead-status";

type LeadRowProps = { lead: LeadSummary; serverNow: number; withAuthor?: boolean };

/** A lead in two lines: in the tray, and in the list of a phone. */
export function LeadRow({ lead, serverNow, withAuthor = false }: LeadRowProps) {
  const t = useTranslations("lead");
  return (
    <li className="group/row border-b border-border px-4 py-2 last:border-b-0">
      <div className="flex items-center justify-between gap-3">
        <Link
          href={`/leads/${lead.id}`}
          translate="no"
          className="min-h-6 min-w-0 truncate rounded-control font-medium hover:underline"
        >
          {lead.title || t("nameless")}
        </Link>
        <span className="text-12 text-ink-faint">
          <RelativeTime at={lead.createdAt} serverNow={serverNow} />
        </span>
      </div>
      <div className="mt-1 flex items-center justify-between gap-3">
        <span translate="no" className="flex min-w-0 gap-2 text-13 text-ink-muted">
          <span className="max-w-36 shrink-0 truncate tabular-nums">{lead.contact}</span>
          {withAuthor && <span className="min-w-0 truncate text-ink-faint">{lead.author}</span>}
        </span>
        <span className="min-w-0 shrink-0">
          <LeadStatus lead={lead} serverNow={serverNow} />
        </span>
      </div>
    </li>
  );
}
