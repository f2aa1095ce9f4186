"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Confirm, type Question } from "@/components/ui/confirm";
import { Notice } from "@/components/ui/notice";
import type { LeadSummary, RefusedField } from "@/lib/domain/lead/schema";
import type { FormFields, Labels } from "@/lib/domain/mapping/schema";
import type { Role } from "@/lib/people/schema";
import { CopyAddress } from "./copy-address";
import { toOnlyMatch } from "./kommo-matches";
import { MatchLines } from "./match-lines";
import { RefusedFields } from "./refused-fields";
import { useKommoLook } from "./use-kommo-look";
import { canHandBack, isUndecided, type StuckLead, useRemedies } from "./use-remedies";

type LeadRemedyProps = {
  lead: LeadSummary & { refused: RefusedField[]; sentAt: number | null };
  role: Role;
  canFix: boolean;
  custom: FormFields["custom"];
  labels: Labels;
  serverNow: number;
};

/** On the page of a lead that needs attention: the reason, and what this person may do. */
export function LeadRemedy({ lead, role, canFix, custom, labels, serverNow }: LeadRemedyProps) {
  const t = useTranslations("delivery");
  const { refresh } = useRouter();
  const { askToHandBack, askToResend, askToSettle } = useRemedies();
  const kommo = useKommoLook();
  const [question, ask] = useState<Question>();
  const [news, setNews] = useState("");
  const stuck = toStuck(lead);
  const cause = stuck && toCause(stuck);
  const isToFix = canFix && stuck?.state === "needs_fix";
  const matches = stuck && kommo.findMatches(stuck);

  /** The notice disappears with its cause, so the focus moves to the page. */
  const finish = (words: "resend.done" | "settle.done" | "handBack.done") => () => {
    setNews(t(words, { count: 1 }));
    document.getElementById("page")?.focus();
    refresh();
  };

  return (
    <>
      {stuck && cause && (
        <div className="mt-4">
          <Notice title={t(`remedy.${cause}`)} body={t(`remedy.${cause}For.${isToFix ? "seller" : role}`)}>
            <RefusedFields refused={lead.refused} custom={custom} labels={labels} />
            {isToFix && (
              <ButtonLink href={`/?lead=${stuck.id}`} prefetch={false}>
                {t("remedy.fix")}
              </ButtonLink>
            )}
            {role === "seller" && stuck.state === "needs_admin" && <CopyAddress />}
            {role === "admin" && cause === "broken" && (
              <ButtonLink href="/admin/kommo">{t("remedy.mend")}</ButtonLink>
            )}
            {role !== "seller" && matches && (
              <div className="basis-full">
                <MatchLines
                  matches={matches}
                  serverNow={serverNow}
                  onChoose={
                    role === "admin" && matches.candidates.length > 1
                      ? (kommoLeadId) => ask(askToSettle(stuck, finish("settle.done"), kommoLeadId))
                      : undefined
                  }
                />
                {!kommo.isWhole && <p className="mt-1 text-13 text-ink-muted">{t("look.cut")}</p>}
              </div>
            )}
            {kommo.failure && (
              <p role="alert" className="basis-full text-13 text-needs-admin-ink">
                {t(`failures.${kommo.failure}`)}
              </p>
            )}
            {role !== "seller" && isUndecided(stuck) && (
              <Button look="secondary" aria-disabled={kommo.isLooking} onClick={() => kommo.look([stuck])}>
                {t(kommo.isLooking ? "look.looking" : "look.verb")}
              </Button>
            )}
            {role === "admin" && isUndecided(stuck) && (
              <Button onClick={() => ask(askToSettle(stuck, finish("settle.done"), toOnlyMatch(matches)))}>
                {t("settle.open")}
              </Button>
            )}
            {role !== "seller" && (
              <Button
                look="secondary"
                onClick={() =>
                  ask(askToResend([stuck], finish("resend.done"), matches?.candidates.length ? 1 : 0))
                }
              >
                {t("resend.verb")}
              </Button>
            )}
            {role !== "seller" && canHandBack(stuck) && (
              <Button look="secondary" onClick={() => ask(askToHandBack([stuck], finish("handBack.done")))}>
                {t("handBack.verb")}
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

function toCause(stuck: StuckLead): "broken" | "merged" | "undecided" | "handedBack" | "refused" {
  if (stuck.problem === "handed_back") return "handedBack";
  if (stuck.problem === "mapping_broken") return "broken";
  if (!isUndecided(stuck)) return "refused";
  return stuck.problem === "merged" ? "merged" : "undecided";
}

function toStuck({ id, title, state, problem, sentAt }: LeadRemedyProps["lead"]) {
  return state === "needs_fix" || state === "needs_admin" ? { id, title, state, problem, sentAt } : undefined;
}
