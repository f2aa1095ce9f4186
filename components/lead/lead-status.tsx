"use client";

import {
  Check,
  CheckCheck,
  CircleX,
  Clock,
  CopyCheck,
  ExternalLink,
  Hourglass,
  type LucideIcon,
  Send,
  ShieldAlert,
  TriangleAlert,
} from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useNow, useTimeZone } from "@/components/ui/clock";
import { StatusChip, type Tone } from "@/components/ui/status-chip";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import type { LeadState } from "@/lib/domain/lead/states";

type Shown = LeadState | "heldUntil" | "retrying" | "accepted" | "declined" | "doubled";

const looks: Record<Shown, { tone: Tone; icon: LucideIcon }> = {
  held: { tone: "waiting", icon: Hourglass },
  heldUntil: { tone: "waiting", icon: Hourglass },
  queued: { tone: "waiting", icon: Clock },
  retrying: { tone: "waiting", icon: Clock },
  sending: { tone: "underway", icon: Send },
  checking: { tone: "underway", icon: Send },
  confirmed: { tone: "good", icon: Check },
  accepted: { tone: "good", icon: CheckCheck },
  declined: { tone: "waiting", icon: CircleX },
  doubled: { tone: "needs-admin", icon: CopyCheck },
  needs_fix: { tone: "needs-you", icon: TriangleAlert },
  needs_admin: { tone: "needs-admin", icon: ShieldAlert },
  withdrawn: { tone: "waiting", icon: CircleX },
};

// A longer hold is shown as a time of day. Nobody counts minutes in seconds.
const COUNTDOWN_MS = 90_000;

type LeadStatusProps = { lead: LeadSummary; serverNow: number };

/** The same words for each state everywhere. */
export function LeadStatus({ lead, serverNow }: LeadStatusProps) {
  const words = useWords(lead, serverNow);
  const { tone, icon } = looks[words.shown];
  const chip = (
    <StatusChip tone={tone} icon={icon}>
      {words.text}
      {lead.kommoUrl && <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-1px]" />}
    </StatusChip>
  );
  if (!lead.kommoUrl) return chip;
  return (
    <a
      href={lead.kommoUrl}
      target="_blank"
      rel="noreferrer"
      className="relative z-1 inline-flex max-w-full rounded-control underline-offset-2 hover:underline pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1 pointer-coarse:after:-inset-y-2.5"
    >
      {chip}
    </a>
  );
}

function useWords(lead: LeadSummary, serverNow: number): { shown: Shown; text: string } {
  const t = useTranslations("lead.states");
  const format = useFormatter();
  const timeZone = useTimeZone();
  const now = useNow(serverNow, 1000);
  const shown = toShown(lead, now);
  const seconds = Math.max(1, Math.floor((lead.dueAt - now) / 1000));
  const time = format.dateTime(lead.dueAt, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return { shown, text: t(shown, { seconds, time, id: String(lead.kommoLeadId) }) };
}

/** After its hold, a lead waits to be sent, whatever the last answer was. */
function toShown({ state, outcome, tries, dueAt, twinUrl }: LeadSummary, now: number): Shown {
  if (state === "confirmed" && twinUrl) return "doubled";
  if (state === "confirmed" && outcome && outcome !== "incoming") return outcome;
  if (state === "held" && dueAt <= now) return "queued";
  if (state === "held" && dueAt - now > COUNTDOWN_MS) return "heldUntil";
  if (state === "queued" && tries > 0 && dueAt > now) return "retrying";
  return state;
}
