"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { type Reason, reasons } from "@/lib/leads/words";

/** One digit, one press, or the sending keys once more without a reason. */
export function ReasonQuestion({ onReason }: { onReason: (reason: Reason) => void }) {
  const t = useTranslations("entry.known");
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);

  const byDigit = (event: KeyboardEvent) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const reason = reasons[Number(digit) - 1];
    if (!reason) return;
    event.preventDefault();
    onReason(reason);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second frame inside the hint's own.
    <div
      role="group"
      aria-labelledby="known-anyway"
      onKeyDown={byDigit}
      className="sticky bottom-0 border-t border-border bg-surface px-3 py-2"
    >
      <p id="known-anyway" className="font-medium text-ink">
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
