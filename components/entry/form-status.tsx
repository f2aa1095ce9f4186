"use client";

import { useTranslations } from "next-intl";
import { Check } from "@/components/ui/first-icons";
import { NoteButton } from "@/components/ui/note-button";
import type { Phase } from "./entry-state";

/** What became of the last press, beside the button. */
export function FormStatus({ phase: { name }, onBringBack }: { phase: Phase; onBringBack: () => void }) {
  const t = useTranslations("lead");
  const isShown = name === "saving" || name === "saved" || name === "cleared";
  return (
    <div
      role="status"
      className="text-12 font-medium text-good-ink max-sm:absolute max-sm:right-4 max-sm:bottom-full sm:ml-3 sm:inline-block"
    >
      {isShown && (
        <span
          className={`inline-flex items-center gap-1 rounded-control px-2 py-1 ${name === "cleared" ? "bg-waiting-tint text-waiting-ink" : "bg-good-tint"}`}
        >
          {name === "saved" && <Check className="size-3.5" />}
          {t(name)}
          {name === "cleared" && <NoteButton onClick={onBringBack}>{t("bringBack")}</NoteButton>}
        </span>
      )}
    </div>
  );
}
