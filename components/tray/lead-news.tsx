"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { type LeadState, type Outcome, outcomes, stuckStates } from "@/lib/domain/lead/states";

type News = LeadState | Outcome;

const announced = [
  ...(["confirmed", "needs_fix", "needs_admin", "withdrawn"] as const),
  ...(["accepted", "won", "lost", "declined"] as const),
] satisfies News[];

/** Tells a screen reader, once, when a lead has arrived, cannot go on by itself or was decided on in Kommo. */
export function LeadNews({ leads, onStuck }: { leads: LeadSummary[]; onStuck: () => void }) {
  const t = useTranslations("lead");
  const states = useRef(new Map(leads.map((lead) => [lead.id, toNews(lead)])));
  const [sentence, setSentence] = useState("");

  useEffect(() => {
    const news = leads.flatMap((lead) => {
      const before = states.current.get(lead.id);
      const told = announced.find((one) => one === toNews(lead) && one !== before);
      states.current.set(lead.id, toNews(lead));
      // It has been there all along, where it was restored.
      const isNew = told !== "confirmed" || !outcomes.some((outcome) => outcome === before);
      return told && isNew ? [{ title: lead.title, told }] : [];
    });
    if (news.length === 0) return;
    if (news.some(({ told }) => stuckStates.some((stuck) => stuck === told))) onStuck();
    setSentence(
      news.map(({ title, told }) => t(`news.${told}`, { name: title || t("nameless") })).join(". "),
    );
  }, [leads, onStuck, t]);

  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  );
}

/** A confirmed lead that is still incoming has no news beyond that. */
function toNews({ state, outcome }: LeadSummary): News {
  return state === "confirmed" && outcome && outcome !== "incoming" ? outcome : state;
}
