"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { NoteButton } from "@/components/ui/note-button";
import type { LeadInForm } from "./entry-state";
import type { InputName, LeadForm } from "./typed-lead";

type CorrectionLineProps = { form: LeadForm; lead: LeadInForm; onCancel: () => void };

/**
 * Says that the form holds a lead that was sent already, and offers to leave it unchanged. Marks what Kommo or the server has
 * refused of it.
 */
export function CorrectionLine({ form: { setError }, lead, onCancel }: CorrectionLineProps) {
  const t = useTranslations("entry.correction");
  const { state, wrong } = lead;
  useEffect(() => {
    const message = state === "on_device" ? "other" : "refused";
    for (const name of wrong) setError(name as InputName, { type: "refused", message });
  }, [setError, state, wrong]);
  const kind = state === "needs_fix" || state === "withdrawn" || state === "on_device" ? state : "held";
  return (
    <p className="mb-1 flex flex-wrap items-baseline justify-between gap-x-4 rounded-control bg-accent-tint px-3 py-2 text-13 text-ink">
      <span>{t(kind)}</span>
      <NoteButton onClick={onCancel}>{t("cancel")}</NoteButton>
    </p>
  );
}
