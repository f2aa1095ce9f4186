"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { extendTo, toggleRow } from "./selection";
import { useSelection } from "./selection-provider";

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Space chooses the row; the arrows go to the next one, and choose it with Shift. Shift and a press choose a range. */
export function RowChoice({ id, name }: { id: string; name: string }) {
  const t = useTranslations("leads");
  const { ids, selection, select } = useSelection();
  const step = (event: KeyboardEvent<HTMLInputElement>) => {
    const next = ids[ids.indexOf(id) + (steps[event.key] ?? 0)];
    if (!steps[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (next === undefined) return;
    document.getElementById(toChoiceId(next))?.focus();
    if (event.shiftKey) select(extendTo({ ...selection, anchor: selection.anchor ?? id }, next, ids));
  };

  return (
    <label className="relative z-1 flex size-11 shrink-0 cursor-pointer items-center justify-center lg:size-9">
      <input
        id={toChoiceId(id)}
        type="checkbox"
        aria-label={t("selection.choose", { name: name || t("nobody") })}
        checked={selection.isWhole || selection.chosen.has(id)}
        onChange={(event) => {
          const isRange = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
          select(isRange ? extendTo(selection, id, ids) : toggleRow(selection, id));
        }}
        onKeyDown={step}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  );
}

function toChoiceId(id: string): string {
  return `choose-${id}`;
}
