"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Decided } from "@/components/delivery/decide-in-parts";
import { UnchangedLeads } from "@/components/delivery/unchanged-leads";
import { useDecisionNews } from "@/components/delivery/use-decision-news";
import { canHandBack, type StuckLead, useRemedies } from "@/components/delivery/use-remedies";
import { callServer } from "@/components/server/call-server";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { NoteButton } from "@/components/ui/note-button";
import { discardChosen, listChosen } from "@/lib/history/actions";
import type { History } from "@/lib/history/schema";
import { choosePage, nothing } from "./selection";
import { useSelection } from "./selection-provider";

type Deed = "resend" | "handBack";

type SelectionBarProps = { history: History; hasMorePages: boolean };

/**
 * Chooses many leads, and sends them again or hands them back to who entered them; or discards those that wait to be checked. What became of them stays in sight, also
 * where the list has no more of them.
 */
export function SelectionBar({ history, hasMorePages }: SelectionBarProps) {
  const t = useTranslations("leads.selection");
  const words = useTranslations("delivery");
  const { refresh } = useRouter();
  const { ids, picked, selection, select } = useSelection();
  const { askToResend, askToHandBack } = useRemedies();
  const all = useRef<HTMLInputElement>(null);
  const [question, ask] = useState<Question>();
  const [isBusy, setBusy] = useState(false);
  const { news, unchanged, tellOutcome, tellInstead } = useDecisionNews();
  const isPage = picked.length === ids.length;
  const hasChosen = selection.isWhole || picked.length > 0;

  const finish = (deed: Deed, leads: StuckLead[]) => (decided: Decided) => {
    tellOutcome(deed, leads, decided);
    select(nothing);
    all.current?.focus();
    refresh();
  };
  const toChosen = () => {
    const { after: _after, before: _before, ...filter } = history;
    return selection.isWhole ? { filter } : { ids: [...picked] };
  };
  const askToDiscard = () => {
    const chosen = toChosen();
    const tell = (count: number) => {
      tellInstead(t("discard.done", { count }));
      select(nothing);
      all.current?.focus();
      refresh();
    };
    let count = 0;
    ask({
      ...{ title: t("discard.question"), consequence: t("discard.consequence"), verb: t("discard.verb") },
      act: async () => {
        const answer = await callServer({ action: () => discardChosen(chosen) });
        if (!answer.ok) return { sentence: t("failed") };
        count = answer.value;
        return undefined;
      },
      onDone: () => tell(count),
    });
  };
  /** The page does not know which of the chosen wait for a person; the server does. */
  const begin = async (deed: Deed) => {
    if (!hasChosen || isBusy) return;
    setBusy(true);
    const chosen = toChosen();
    const answer = await callServer({ action: () => listChosen(chosen) });
    setBusy(false);
    if (!answer.ok) return tellInstead(t("failed"));
    const leads = deed === "resend" ? answer.value : answer.value.filter(canHandBack);
    tellInstead(leads.length === 0 ? t(`none.${deed}`) : "");
    if (leads.length === 0) return;
    const onDone = finish(deed, leads);
    ask(deed === "resend" ? askToResend(leads, onDone) : askToHandBack(leads, onDone));
  };

  return (
    <div
      className={`mb-2 ${hasChosen ? "sticky top-(--band) z-20 border-b border-border bg-background max-lg:top-12 max-md:-mx-4 max-md:px-4 max-md:pb-2 short:static" : ""}`}
    >
      {ids.length > 0 && (
        <div className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 text-13">
          <label className="inline-flex min-h-11 cursor-pointer items-center gap-3 md:pl-4">
            <input
              ref={all}
              type="checkbox"
              checked={selection.isWhole || isPage}
              onChange={() => select(selection.isWhole || isPage ? nothing : choosePage(ids))}
              className="size-4 cursor-pointer accent-accent"
            />
            {t("page")}
          </label>
          {hasChosen && (
            <>
              <span className="text-ink-muted tabular-nums">
                {selection.isWhole ? t("whole") : t("chosen", { count: picked.length })}
              </span>
              {isPage && hasMorePages && !selection.isWhole && (
                <NoteButton onClick={() => select({ ...selection, isWhole: true })}>
                  {t("takeWhole")}
                </NoteButton>
              )}
              <span className="flex flex-wrap gap-2 md:ml-auto">
                {history.state === "to_check" && (
                  <Button look="secondary" size="small" onClick={askToDiscard}>
                    {t("discard.verb")}
                  </Button>
                )}
                {listDeeds(history).map((deed) => (
                  <Button
                    key={deed}
                    look="secondary"
                    size="small"
                    aria-disabled={isBusy}
                    onClick={() => begin(deed)}
                  >
                    {words(`${deed}.verb`)}
                  </Button>
                ))}
              </span>
            </>
          )}
        </div>
      )}
      <p role="status" className="text-13 font-medium text-ink empty:hidden">
        {news}
      </p>
      <UnchangedLeads leads={unchanged} />
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </div>
  );
}

/** What waits to be checked has never been sent. */
function listDeeds({ state }: History): Deed[] {
  return state === "to_check" ? [] : ["resend", "handBack"];
}
