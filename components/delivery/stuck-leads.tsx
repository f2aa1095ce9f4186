"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { EmptyState } from "@/components/ui/empty-state";
import type { Delivery } from "@/lib/delivery/schema";
import type { Decided } from "./decide-in-parts";
import { DELIVERY } from "./delivery-query";
import { toOnlyMatch } from "./kommo-matches";
import { MatchCounts } from "./match-counts";
import { StuckRow } from "./stuck-row";
import { UnchangedLeads } from "./unchanged-leads";
import { useDecisionNews } from "./use-decision-news";
import { useKommoLook } from "./use-kommo-look";
import { isUndecided, type StuckLead, useRemedies } from "./use-remedies";

const columns = ["choice", "lead", "problem", "author", "time", "actions"] as const;

/** The controls in these columns have their own labels. */
function hasNoHeading(column: (typeof columns)[number]): boolean {
  return column === "choice" || column === "actions";
}

type StuckLeadsProps = { delivery: Delivery; serverNow: number };

export function StuckLeads({ delivery: { stuck, counts }, serverNow }: StuckLeadsProps) {
  const t = useTranslations("delivery");
  const queries = useQueryClient();
  const { askToResend, askToSettle, askToSettleAll } = useRemedies();
  const kommo = useKommoLook();
  const heading = useRef<HTMLHeadingElement>(null);
  const [question, ask] = useState<Question>();
  const { news, unchanged, tellOutcome } = useDecisionNews();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const picked = stuck.filter(({ id }) => chosen.has(id));
  const undecided = stuck.filter(isUndecided);
  const matches = stuck.flatMap((lead) => kommo.findMatches(lead) ?? []);
  const matched = picked.flatMap((lead) => {
    const kommoLeadId = toOnlyMatch(kommo.findMatches(lead));
    return kommoLeadId === undefined ? [] : [{ lead, kommoLeadId }];
  });
  const total = (counts.needs_fix ?? 0) + (counts.needs_admin ?? 0);

  /** The rows disappear, so the focus moves to the list. */
  const finish = (deed: "resend" | "settle") => (decided: Decided) => {
    tellOutcome(deed, stuck, decided);
    choose(new Set());
    heading.current?.focus();
    void queries.invalidateQueries({ queryKey: DELIVERY });
  };
  const resend = (leads: StuckLead[]) => {
    const found = leads.filter((lead) => (kommo.findMatches(lead)?.candidates.length ?? 0) > 0);
    if (leads.length > 0) ask(askToResend(leads, finish("resend"), found.length));
  };
  const settle = (lead: StuckLead, kommoLeadId = toOnlyMatch(kommo.findMatches(lead))) =>
    ask(askToSettle(lead, finish("settle"), kommoLeadId));
  const settleAll = () => {
    if (matched.length === 0) return;
    ask(askToSettleAll(matched, picked.length - matched.length, finish("settle")));
  };
  const toggle = (id: string) =>
    choose(new Set(chosen.has(id) ? [...chosen].filter((other) => other !== id) : [...chosen, id]));

  return (
    <section aria-labelledby="stuck">
      <h2 id="stuck" ref={heading} tabIndex={-1} className="mb-3 w-fit rounded-control text-16 font-semibold">
        {t("stuck.title")}
      </h2>
      <p role="status" className="mb-3 text-13 font-medium text-good-ink empty:hidden">
        {news}
      </p>
      <UnchangedLeads leads={unchanged} />
      <div className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border">
        {stuck.length === 0 ? (
          <EmptyState title={t("stuck.empty")} hint={t("stuck.emptyHint")} />
        ) : (
          <>
            <div className="flex flex-wrap items-center gap-2 border-b border-border px-4 py-2">
              <label className="mr-auto inline-flex min-h-11 cursor-pointer items-center gap-3 lg:min-h-9 lg:gap-7">
                <input
                  type="checkbox"
                  checked={picked.length === stuck.length}
                  onChange={() =>
                    choose(new Set(picked.length < stuck.length ? stuck.map(({ id }) => id) : []))
                  }
                  className="size-4 cursor-pointer accent-accent"
                />
                {t("stuck.all")}
              </label>
              {undecided.length > 0 && (
                <>
                  <Button
                    look="secondary"
                    size="small"
                    aria-disabled={kommo.isLooking}
                    onClick={() => kommo.look(undecided)}
                  >
                    {t(kommo.isLooking ? "look.looking" : "look.verb")}
                  </Button>
                  <Button
                    look="secondary"
                    size="small"
                    aria-disabled={matched.length === 0}
                    onClick={settleAll}
                  >
                    {t("settle.several", { count: matched.length })}
                  </Button>
                </>
              )}
              <Button
                look="secondary"
                size="small"
                aria-disabled={picked.length === 0}
                onClick={() => resend(picked)}
              >
                {t("resend.several", { count: picked.length })}
              </Button>
            </div>
            {kommo.failure && (
              <p role="alert" className="border-b border-border px-4 py-2 text-13 text-needs-admin-ink">
                {t(`failures.${kommo.failure}`)}
              </p>
            )}
            {matches.length > 0 && (
              <MatchCounts
                matches={matches}
                isWhole={kommo.isWhole}
                onChoose={(ids) => choose(new Set(ids))}
              />
            )}
            <table className="w-full text-left max-lg:block">
              <caption className="sr-only">{t("stuck.title")}</caption>
              <thead className="max-lg:sr-only">
                <tr>
                  {columns.map((column) => (
                    <th
                      key={column}
                      scope="col"
                      className={`h-9 border-b border-border px-2 text-12 font-medium whitespace-nowrap text-ink-faint ${column === "author" ? "max-xl:hidden" : ""} ${column === "time" ? "text-right" : ""}`}
                    >
                      <span className={hasNoHeading(column) ? "sr-only" : ""}>{t(`stuck.${column}`)}</span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="max-lg:block">
                {stuck.map((lead) => (
                  <StuckRow
                    key={lead.id}
                    lead={lead}
                    serverNow={serverNow}
                    isChosen={chosen.has(lead.id)}
                    onChoose={() => toggle(lead.id)}
                    onResend={() => resend([lead])}
                    onSettle={(kommoLeadId) => settle(lead, kommoLeadId)}
                    matches={kommo.findMatches(lead)}
                  />
                ))}
              </tbody>
            </table>
            {total > stuck.length && (
              <p className="border-t border-border px-4 py-3 text-13 text-ink-muted">
                {t("stuck.more", { shown: stuck.length, total })}
              </p>
            )}
          </>
        )}
      </div>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </section>
  );
}
