"use client";

import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import type { LeadToCorrect } from "@/lib/domain/lead/schema";

/** Says that the form holds a saved lead, and offers to leave it unchanged. */
export function CorrectionLine({ lead, onCancel }: { lead: LeadToCorrect; onCancel: () => void }) {
  const t = useTranslations("entry.correction");
  const kind = lead.state === "needs_fix" || lead.state === "withdrawn" ? lead.state : "held";
  return (
    <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 rounded-control bg-accent-tint px-3 py-2 text-13 text-ink">
      <span>{t(kind)}</span>
      <NoteButton onClick={onCancel}>{t("cancel")}</NoteButton>
    </p>
  );
}
