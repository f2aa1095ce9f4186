"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import type { Decided } from "./decide-in-parts";
import type { UnchangedLeads } from "./unchanged-leads";
import type { StuckLead } from "./use-remedies";

type Deed = "resend" | "settle" | "handBack";

/** What became of a decision on many leads: one sentence, and the leads that stay as they are. */
export function useDecisionNews() {
  const t = useTranslations("delivery");
  const [news, setNews] = useState("");
  const [unchanged, setUnchanged] = useState<ComponentProps<typeof UnchangedLeads>["leads"]>([]);

  /** `leads`: those of the decision, for their names. */
  const tellOutcome = (deed: Deed, leads: StuckLead[], decided: Decided) => {
    const titles = new Map(leads.map(({ id, title }) => [id, title]));
    setNews(decided.count > 0 ? t(`${deed}.done`, { count: decided.count }) : "");
    setUnchanged(decided.unchanged.map((one) => ({ ...one, title: titles.get(one.id) ?? "" })));
  };
  /** Another sentence in place of the outcome before. */
  const tellInstead = (words: string) => {
    setNews(words);
    setUnchanged([]);
  };
  return { news, unchanged, tellOutcome, tellInstead };
}
