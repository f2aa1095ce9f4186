"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { EmptyState } from "@/components/ui/empty-state";
import type { Delivery } from "@/lib/delivery/schema";
import { DELIVERY } from "./delivery-query";
import { StuckRow } from "./stuck-row";
import { type StuckLead, useRemedies } from "./use-remedies";

const columns = ["choice", "lead", "problem", "author", "time", "actions"] as const;

/** The controls in these columns have their own labels. */
function hasNoHeading(column: (typeof columns)[number]): boolean {
  return column === "choice" || column === "actions";
}

type StuckLeadsProps = { delivery: Delivery; serverNow: number };

export function StuckLeads({ delivery: { stuck, counts }, serverNow }: StuckLeadsProps) {
  const t = useTranslations("delivery");
  const queries = useQueryClient();
  const { askToResend, askToSettle } = useRemedies();
  const heading = useRef<HTMLHeadingElement>(null);
  const [question, ask] = useState<Question>();
  const [news, setNews] = useState("");
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const picked = stuck.filter(({ id }) => chosen.has(id));
  const total = (counts.needs_fix ?? 0) + (counts.needs_admin ?? 0);

  /** The row disappears, so the focus moves to the list. */
  const finish = (words: string) => {
    setNews(words);
    choose(new Set());
    heading.current?.focus();
    void queries.invalidateQueries({ queryKey: DELIVERY });
  };
  const resend = (leads: StuckLead[]) => {
    if (leads.length > 0) {
      ask(askToResend(leads, () => finish(t("resend.done", { count: leads.length }))));
    }
  };
  const settle = (lead: StuckLead) => ask(askToSettle(lead, () => finish(t("settle.done"))));
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
      <div className="border-border bg-surface max-md:-mx-4 max-md:border-y md:rounded-panel md:border">
        {stuck.length === 0 ? (
          <EmptyState title={t("stuck.empty")} hint={t("stuck.emptyHint")} />
        ) : (
          <>
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-border px-4 py-2">
              <label className="inline-flex min-h-11 cursor-pointer items-center gap-3 lg:min-h-9 lg:gap-7">
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
              <Button
                look="secondary"
                aria-disabled={picked.length === 0}
                onClick={() => resend(picked)}
                className="aria-disabled:cursor-default aria-disabled:text-ink-faint"
              >
                {t("resend.several", { count: picked.length })}
              </Button>
            </div>
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
                    onSettle={() => settle(lead)}
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
