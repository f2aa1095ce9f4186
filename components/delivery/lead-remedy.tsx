"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import type { LeadSummary, RefusedField } from "@/lib/domain/lead/schema";
import type { FormFields } from "@/lib/domain/mapping/schema";
import type { Role } from "@/lib/people/schema";
import { CopyAddress } from "./copy-address";
import { RefusedFields } from "./refused-fields";
import { isUndecided, type StuckLead, useRemedies } from "./use-remedies";

type LeadRemedyProps = {
  lead: LeadSummary & { refused: RefusedField[]; sentAt: number | null };
  role: Role;
  isOwn: boolean;
  custom: FormFields["custom"];
};

/** On the page of a lead that needs attention: the reason, and what this person may do. */
export function LeadRemedy({ lead, role, isOwn, custom }: LeadRemedyProps) {
  const t = useTranslations("delivery");
  const { refresh } = useRouter();
  const { askToResend, askToSettle } = useRemedies();
  const [question, ask] = useState<Question>();
  const [news, setNews] = useState("");
  const stuck = toStuck(lead);
  const cause = stuck && toCause(stuck);

  /** The notice disappears with its cause, so the focus moves to the page. */
  const finish = (words: string) => {
    setNews(words);
    document.getElementById("page")?.focus();
    refresh();
  };

  return (
    <>
      {stuck && cause && (
        <div className="mt-4">
          <Notice title={t(`remedy.${cause}`)} body={t(`remedy.${cause}For.${role}`)}>
            <RefusedFields refused={lead.refused} custom={custom} />
            {isOwn && stuck.state === "needs_fix" && (
              <ButtonLink href={`/?lead=${stuck.id}`} prefetch={false}>
                {t("remedy.fix")}
              </ButtonLink>
            )}
            {role === "seller" && stuck.state === "needs_admin" && <CopyAddress />}
            {role === "admin" && cause === "broken" && (
              <ButtonLink href="/admin/kommo">{t("remedy.mend")}</ButtonLink>
            )}
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

function toCause(stuck: StuckLead): "broken" | "merged" | "undecided" | "refused" {
  if (stuck.problem === "mapping_broken") return "broken";
  if (!isUndecided(stuck)) return "refused";
  return stuck.problem === "merged" ? "merged" : "undecided";
}

function toStuck({ id, title, state, problem, sentAt }: LeadRemedyProps["lead"]) {
  return state === "needs_fix" || state === "needs_admin" ? { id, title, state, problem, sentAt } : undefined;
}
