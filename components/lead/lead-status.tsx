"use client";

import { useFormatter } from "next-intl";
import { useNow, useTimeZone } from "@/components/ui/clock";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { LeadStatusAt } from "./lead-status-at";

const timeOfDay = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

type LeadStatusProps = { lead: LeadSummary; serverNow: number; withStage?: boolean };

/** The same words for each state everywhere. */
export function LeadStatus({ lead, serverNow, withStage = true }: LeadStatusProps) {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const now = useNow(serverNow, 1000);
  const due = format.dateTime(lead.dueAt, { ...timeOfDay, timeZone });
  return <LeadStatusAt {...{ lead, now, due, withStage }} />;
}
