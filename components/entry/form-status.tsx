"use client";

import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { NoteButton } from "@/components/ui/note-button";
import type { Progress } from "./use-entry-form";

/** What became of the last press, beside the button. */
export function FormStatus({ progress, onBringBack }: { progress: Progress; onBringBack: () => void }) {
  const t = useTranslations("lead");
  const isShown = progress === "saving" || progress === "saved" || progress === "cleared";
  return (
    <div
      role="status"
      className="text-12 font-medium text-good-ink max-sm:absolute max-sm:right-4 max-sm:bottom-full sm:ml-3 sm:inline-block"
    >
      {isShown && (
        <span
          className={`inline-flex items-center gap-1 rounded-control px-2 py-1 ${progress === "cleared" ? "bg-waiting-tint text-waiting-ink" : "bg-good-tint"}`}
        >
          {progress === "saved" && <Check aria-hidden className="size-3.5" />}
          {t(progress)}
          {progress === "cleared" && <NoteButton onClick={onBringBack}>{t("bringBack")}</NoteButton>}
        </span>
      )}
    </div>
  );
}
