"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { TriangleAlert } from "@/components/ui/first-icons";
import { CircleX, Clock, Send } from "@/components/ui/line-icons";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowButton } from "@/components/ui/row-button";
import { StatusChip, type Tone } from "@/components/ui/status-chip";
import { type DeviceLead, needsAuthor, toName, toTyped } from "./device-lead";

type DeviceRowProps = {
  lead: DeviceLead;
  serverNow: number;
  isSending: boolean;
  isSignedOut: boolean;
  isOpen: boolean;
  onUndo: () => void;
  onOpen: () => void;
  onDiscard: () => void;
};

/** A lead on this device: what it is, what becomes of it, and what its author can do. */
export function DeviceRow({ lead, serverNow, isSignedOut, isSending, isOpen, ...acts }: DeviceRowProps) {
  const t = useTranslations("entry.device");
  const tLead = useTranslations("lead");
  const typed = toTyped(lead);
  const name = toName(lead) ?? tLead("nameless");
  const status = isSending ? "sending" : toStatus(lead, isSignedOut);
  const [tone, Icon] = looks[status];
  const reason = typed ? toReason(lead) : "unreadable";
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span translate="no" className="min-w-0 grow basis-32 truncate font-medium">
          {name}
        </span>
        <span className="text-12 text-ink-faint">
          <RelativeTime at={lead.at} serverNow={serverNow} />
        </span>
      </div>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span translate="no" className="min-w-0 max-w-full truncate text-13 text-ink-muted tabular-nums">
          {typed?.phone || typed?.telegram || typed?.email}
        </span>
        <StatusChip tone={tone} icon={Icon}>
          {t(`states.${status}`)}
        </StatusChip>
      </div>
      {lead.corrects && <p className="mt-1 text-13 text-ink-muted">{t("correction")}</p>}
      {reason && <p className="mt-1 text-13 text-ink">{t(`reasons.${reason}`)}</p>}
      {!typed && <RawText lead={lead} />}
      {isOpen && <p className="mt-1 text-13 text-accent-ink">{t("inForm")}</p>}
      {!isOpen && <Acts {...{ lead, ...acts }} isReadable={typed !== undefined} />}
    </>
  );
}

type ActsProps = Pick<DeviceRowProps, "lead" | "onUndo" | "onOpen" | "onDiscard"> & { isReadable: boolean };

function Acts({ lead, isReadable, onUndo, onOpen, onDiscard }: ActsProps) {
  const t = useTranslations("entry.device");
  const { problem, undone } = lead;
  const isLate = problem === "already_left" && undone !== null;
  const canDiscard = problem !== null || undone === "certain" || !isReadable;
  return (
    <div className="mt-1 -ml-2 flex flex-wrap gap-1">
      {isReadable && !canDiscard && undone === null && <RowButton onClick={onUndo}>{t("undo")}</RowButton>}
      {isReadable && !isLate && (
        <RowButton onClick={onOpen}>{t(undone ? "resend" : problem ? "open" : "edit")}</RowButton>
      )}
      {canDiscard && <RowButton onClick={onDiscard}>{t("discard.verb")}</RowButton>}
    </div>
  );
}

/** Nothing that was typed is lost, even if it cannot be shown as a lead. */
function RawText({ lead }: { lead: DeviceLead }) {
  const t = useTranslations("entry.device");
  const text = JSON.stringify(lead.lead, null, 1) ?? "";
  return (
    <div className="mt-1 flex items-start gap-2">
      <pre
        translate="no"
        className="max-h-32 min-w-0 grow overflow-auto rounded-control bg-sunken p-2 text-12 whitespace-pre-wrap break-words"
      >
        {text}
      </pre>
      <CopyButton text={text} label={t("copy")} />
    </div>
  );
}

const looks = {
  waiting: ["waiting", Clock],
  sending: ["underway", Send],
  signedOut: ["needs-you", TriangleAlert],
  withdrawing: ["waiting", CircleX],
  withdrawn: ["waiting", CircleX],
  needsYou: ["needs-you", TriangleAlert],
  later: ["waiting", Clock],
} as const satisfies Record<string, readonly [Tone, typeof Clock]>;

function toStatus(lead: DeviceLead, isSignedOut: boolean): keyof typeof looks {
  const { problem, undone } = lead;
  if (needsAuthor(lead)) return "needsYou";
  if (undone === "certain") return "withdrawn";
  if (undone) return "withdrawing";
  if (isSignedOut) return "signedOut";
  return problem ? "later" : "waiting";
}

function toReason({ problem, undone }: DeviceLead): string | undefined {
  if (problem === "already_left" && undone) return "undone_late";
  return problem ?? undefined;
}
