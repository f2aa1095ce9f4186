"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { toDigit } from "@/components/entry/to-digit";
import { type Reason, reasons } from "@/lib/domain/lead/fields";

type ReasonQuestionProps = {
  onClose: () => void;
  onReason: (reason: Reason) => void;
};

/** Sends a duplicate and says why, by one digit. Without a reason the form sends as usual. */
export function ReasonQuestion({ onClose, onReason }: ReasonQuestionProps) {
  const t = useTranslations("entry.duplicates");
  const first = useRef<HTMLButtonElement>(null);
  // Before the question can be seen: a digit may be pressed at once.
  useLayoutEffect(() => {
    first.current?.focus();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const digit = toDigit(event);
    const reason = digit && reasons[digit - 1];
    if (reason) onReason(reason);
    if (event.key === "Escape") onClose();
    if (reason || event.key === "Escape") event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second frame inside the hint's own.
    <div
      role="group"
      aria-labelledby="reason-question"
      onKeyDown={onKeyDown}
      className="border-t border-border bg-surface px-3 py-2"
    >
      <p id="reason-question" className="font-medium text-ink">
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
