"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { toDigit } from "@/components/entry/to-digit";

const DIGITS = 9;

type SourceChipsProps = { sources: string[]; chosen: string; onChoose: (source: string) => void };

/** The usual sources, each with its digit: the digit alone while one of them has the focus, with Alt from anywhere. One Tab stop. */
export function SourceChips({ sources, chosen, onChoose }: SourceChipsProps) {
  const t = useTranslations("entry.source");
  const [stop, setStop] = useState(0);

  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const digit = toDigit(event);
    const source = digit && sources[digit - 1];
    if (source) onChoose(source);

    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const chips = event.currentTarget.querySelectorAll("button");
    const next = (stop + step + chips.length) % chips.length;
    setStop(next);
    chips[next]?.focus();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would put a legend between the field and its chips.
    <div
      role="group"
      aria-label={t("usual")}
      onKeyDown={move}
      className="-mx-4 flex gap-2 overflow-x-auto px-4 py-0.5 sm:-mx-1 sm:flex-wrap sm:p-1 md:mb-3"
    >
      {sources.map((source, index) => (
        <button
          key={source}
          type="button"
          tabIndex={index === stop ? 0 : -1}
          aria-pressed={source === chosen}
          aria-keyshortcuts={index < DIGITS ? `Alt+${index + 1}` : undefined}
          onFocus={() => setStop(index)}
          onClick={() => onChoose(source)}
          className="inline-flex min-h-8 shrink-0 cursor-pointer items-center gap-1.5 rounded-full border border-border bg-surface px-3 text-13 whitespace-nowrap text-ink -outline-offset-2 hover:bg-sunken aria-pressed:border-transparent aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink pointer-coarse:min-h-11"
        >
          {index < DIGITS && (
            <kbd aria-hidden className="hidden font-sans text-12 text-ink-faint pointer-fine:inline">
              {index + 1}
            </kbd>
          )}
          <span translate="no" className="max-w-40 truncate">
            {source}
          </span>
        </button>
      ))}
    </div>
  );
}
