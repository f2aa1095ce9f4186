"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import type { LeadSummary, RefusedField } from "@/lib/leads/schema";
import type { Role } from "@/lib/people/schema";
import { RefusedFields } from "./refused-fields";
import { isUndecided, useRemedies } from "./use-remedies";

type LeadRemedyProps = { lead: LeadSummary & { refused: RefusedField[] }; role: Role };

/** On a lead's page while it waits for a person: why, and what this person may do about it. */
export function LeadRemedy({ lead, role }: LeadRemedyProps) {
  const t = useTranslations("delivery");
  const { refresh } = useRouter();
  const { askToResend, askToSettle } = useRemedies();
  const [question, ask] = useState<Question>();
  const [news, setNews] = useState("");
  const stuck = toStuck(lead);

  /** The notice goes with its cause, so the focus returns to the page. */
  const finish = (words: string) => {
    setNews(words);
    document.getElementById("page")?.focus();
    refresh();
  };

  return (
    <>
      {stuck && (
        <div className="mt-4">
          <Notice
            title={t(isUndecided(stuck) ? "remedy.undecided" : "remedy.refused")}
            body={t(isUndecided(stuck) ? `remedy.undecidedFor.${role}` : `remedy.refusedFor.${role}`)}
          >
            <RefusedFields refused={lead.refused} />
            {role === "admin" && isUndecided(stuck) && (
              <Button onClick={() => ask(askToSettle(stuck, () => finish(t("settle.done"))))}>
                {t("settle.open")}
              </Button>
            )}
            {role !== "seller" && (
              <Button
                look="secondary"
                onClick={() => ask(askToResend([stuck], () => finish(t("resend.done", { count: 1 }))))}
              >
                {t("resend.verb")}
              </Button>
            )}
          </Notice>
        </div>
      )}
      <p role="status" className="mt-2 text-13 font-medium text-good-ink empty:hidden">
        {news}
      </p>
      {question && <Confirm question={question} onClose={() => ask(undefined)} />}
    </>
  );
}

function toStuck({ id, title, state, problem }: LeadSummary) {
  return state === "needs_fix" || state === "needs_admin" ? { id, title, state, problem } : undefined;
}
