"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { type LeadState, stuckStates } from "@/lib/domain/lead/states";

const announced: readonly LeadState[] = ["confirmed", "needs_fix", "needs_admin", "withdrawn"];

/** Tells a screen reader, once, when a lead has arrived or cannot go on by itself; the countdown stays silent. */
export function LeadNews({ leads, onStuck }: { leads: LeadSummary[]; onStuck: () => void }) {
  const t = useTranslations("lead");
  const states = useRef(new Map(leads.map(({ id, state }) => [id, state])));
  const [sentence, setSentence] = useState("");

  useEffect(() => {
    const changed = leads.filter(({ id, state }) => states.current.get(id) !== state);
    for (const { id, state } of changed) states.current.set(id, state);

    const news = changed.filter(({ state }) => announced.includes(state));
    if (news.length === 0) return;
    if (news.some(({ state }) => stuckStates.some((stuck) => stuck === state))) onStuck();
    setSentence(
      news.map(({ title, state }) => t(`news.${state}`, { name: title || t("nameless") })).join(". "),
    );
  }, [leads, onStuck, t]);

  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  );
}
