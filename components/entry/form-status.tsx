"use client";

import { useTranslations } from "next-intl";
import { Check } from "@/components/ui/first-icons";
import { NoteButton } from "@/components/ui/note-button";
import { useEntryContext } from "./entry-context";
import type { Phase } from "./entry-state";

/** What became of the last press, beside the button. */
export function FormStatus({ phase, onBringBack }: { phase: Phase; onBringBack: () => void }) {
  const { name } = phase;
  const t = useTranslations("lead");
  const { isSavedStuck } = useEntryContext();
  // Rows of several people are told by their number.
  const count = phase.name === "cleared" ? phase.lead.people?.length : "count" in phase && phase.count;
  const isGood = name === "saving" || name === "saved";
  const isShown = (isGood && !(name === "saved" && isSavedStuck)) || name === "kept" || name === "cleared";
  return (
    <div
      role="status"
      className="text-12 font-medium text-good-ink max-sm:absolute max-sm:right-4 max-sm:bottom-full sm:ml-3 sm:inline-block"
    >
      {isShown && (
        <span
          className={`inline-flex items-center gap-1 rounded-control px-2 py-1 ${isGood ? "bg-good-tint" : "bg-waiting-tint text-waiting-ink"}`}
        >
          {name === "saved" && <Check className="size-3.5" />}
          {count ? t(`${name}Several`, { count }) : t(name)}
          {name === "cleared" && <NoteButton onClick={onBringBack}>{t("bringBack")}</NoteButton>}
        </span>
      )}
    </div>
  );
}
