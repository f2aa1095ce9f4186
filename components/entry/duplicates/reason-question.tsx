"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { NoteButton } from "@/components/ui/note-button";
import { type Reason, reasons } from "@/lib/domain/lead/fields";

/** Sends somebody who is known, and says why: one key opens it, one digit sends. Without it the form sends as ever. */
export function ReasonQuestion({ onReason }: { onReason: (reason: Reason) => void }) {
  const t = useTranslations("entry.known");
  const [isOpen, setOpen] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) first.current?.focus();
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const reason = reasons[Number(digit) - 1];
    if (reason) onReason(reason);
    if (event.key === "Escape") {
      setOpen(false);
      document.getElementById("lead-phone")?.focus();
    }
    if (reason || event.key === "Escape") event.preventDefault();
  };

  if (!isOpen) {
    return (
      <p className="px-3 py-1.5">
        <NoteButton id="known-anyway" aria-keyshortcuts="Alt+W" onClick={() => setOpen(true)}>
          {t("sendAnyway")}
        </NoteButton>
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second frame inside the hint's own.
    <div
      role="group"
      aria-labelledby="known-why"
      onKeyDown={onKeyDown}
      className="border-t border-border bg-surface px-3 py-2"
    >
      <p id="known-why" className="font-medium text-ink">
        {t("anyway")}
      </p>
      <div className="mt-1 flex flex-wrap gap-2">
        {reasons.map((reason, index) => (
          <button
            key={reason}
            ref={index === 0 ? first : undefined}
            type="button"
            onClick={() => onReason(reason)}
            className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-control border border-border-strong bg-surface px-2.5 font-medium text-ink hover:bg-sunken pointer-coarse:min-h-11"
          >
            <kbd className="font-sans text-12 text-ink-faint">{index + 1}</kbd>
            {t(`reasons.${reason}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
