"use client";

import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import type { LeadInForm } from "./entry-state";

/** Says that the form holds a lead that was sent already, and offers to leave it unchanged. */
export function CorrectionLine({ lead, onCancel }: { lead: LeadInForm; onCancel: () => void }) {
  const t = useTranslations("entry.correction");
  const { state } = lead;
  const kind = state === "needs_fix" || state === "withdrawn" || state === "on_device" ? state : "held";
  return (
    <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 rounded-control bg-accent-tint px-3 py-2 text-13 text-ink">
      <span>{t(kind)}</span>
      <NoteButton onClick={onCancel}>{t("cancel")}</NoteButton>
    </p>
  );
}
