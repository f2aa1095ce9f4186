import { useTranslations } from "next-intl";
import { Check, TriangleAlert } from "@/components/ui/first-icons";
import type { Icon } from "@/components/ui/line-icon";
import {
  CheckCheck,
  CircleX,
  Clock,
  CopyCheck,
  ExternalLink,
  Hourglass,
  Send,
  ShieldAlert,
} from "@/components/ui/line-icons";
import { StatusChip, type Tone } from "@/components/ui/status-chip";
import { useDuration } from "@/components/ui/use-duration";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import type { LeadState, Outcome } from "@/lib/domain/lead/states";
import { StageMark } from "./outcome/stage-mark";

type Shown = LeadState | Exclude<Outcome, "incoming"> | "heldUntil" | "retrying" | "doubled";

const looks: Record<Shown, { tone: Tone; icon: Icon }> = {
  to_check: { tone: "needs-you", icon: ShieldAlert },
  held: { tone: "waiting", icon: Hourglass },
  heldUntil: { tone: "waiting", icon: Hourglass },
  queued: { tone: "waiting", icon: Clock },
  retrying: { tone: "waiting", icon: Clock },
  sending: { tone: "underway", icon: Send },
  checking: { tone: "underway", icon: Send },
  confirmed: { tone: "good", icon: Check },
  accepted: { tone: "good", icon: CheckCheck },
  won: { tone: "good", icon: CheckCheck },
  lost: { tone: "waiting", icon: CircleX },
  declined: { tone: "waiting", icon: CircleX },
  deleted: { tone: "waiting", icon: CircleX },
  merged: { tone: "waiting", icon: CopyCheck },
  doubled: { tone: "needs-admin", icon: CopyCheck },
  needs_fix: { tone: "needs-you", icon: TriangleAlert },
  needs_admin: { tone: "needs-admin", icon: ShieldAlert },
  withdrawn: { tone: "waiting", icon: CircleX },
};

// A longer hold is shown as a time of day. Nobody counts minutes in seconds.
const COUNTDOWN_MS = 90_000;

type LeadStatusAtProps = {
  lead: LeadSummary;
  now: number;
  /** In words, when the lead is due. */
  due: string;
  /** Off where a row has one line. */
  withStage?: boolean;
};

/** The status at a moment. The server can render it too. */
export function LeadStatusAt({ lead, now, due, withStage = true }: LeadStatusAtProps) {
  const t = useTranslations("lead.states");
  const shown = toShown(lead, now);
  const { tone, icon } = looks[shown];
  const toDuration = useDuration();
  const { acceptedBy = null, acceptedAfterMs = null, lossReason = null, mergedUrl = null } = lead.there ?? {};
  const words = {
    name: acceptedBy ?? "",
    by: acceptedBy === null ? "nobody" : "somebody",
    after: toDuration(acceptedAfterMs ?? 0),
    timed: acceptedAfterMs === null ? "no" : "yes",
    reason: lossReason ?? "",
    reasoned: lossReason === null ? "no" : "yes",
    known: mergedUrl === null ? "no" : "yes",
  };
  const seconds = Math.max(1, Math.floor((lead.dueAt - now) / 1000));
  const chip = (
    <StatusChip tone={tone} icon={icon} end={lead.kommoUrl && <ExternalLink className="size-3 shrink-0" />}>
      {t(shown, { seconds, time: due, id: String(lead.kommoLeadId), ...words })}
    </StatusChip>
  );
  if (!lead.kommoUrl) return chip;
  const link = (
    <a
      href={lead.kommoUrl}
      target="_blank"
      rel="noreferrer"
      className="relative z-1 inline-flex max-w-full rounded-control underline-offset-2 hover:underline pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1 pointer-coarse:after:-inset-y-2.5"
    >
      {chip}
    </a>
  );
  if (!withStage || shown !== "accepted" || !lead.there?.stage) return link;
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 gap-y-1">
      {link}
      <StageMark stage={lead.there.stage} />
    </span>
  );
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
