import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { LeadSummary } from "@/lib/leads/schema";
import { AttemptStep, type AttemptToShow } from "./attempt-step";
import { LeadStatus } from "./lead-status";
import { Step } from "./step";

type LeadStoryProps = {
  lead: LeadSummary & { confirmedAt: number | null };
  attempts: AttemptToShow[];
  serverNow: number;
};

/** Top to bottom in time: saved, each attempt, how it stands now. */
export function LeadStory({ lead, attempts, serverNow }: LeadStoryProps) {
  const t = useTranslations("leads");
  return (
    <ol>
      <Step title={t("saved")} at={lead.createdAt}>
        <p>{t("savedBy", { author: lead.author })}</p>
      </Step>
      {attempts.map((attempt, index) => (
        <AttemptStep key={attempt.id} attempt={attempt} number={index + 1} />
      ))}
      {lead.confirmedAt === null ? (
        <Step title={t("now")}>
          <LeadStatus lead={lead} serverNow={serverNow} />
          <Problem lead={lead} />
        </Step>
      ) : (
        <Step title={t("arrived")} at={lead.confirmedAt}>
          <KommoLink lead={lead} />
        </Step>
      )}
    </ol>
  );
}

function KommoLink({ lead }: { lead: LeadSummary }): ReactNode {
  const t = useTranslations("leads");
  if (!lead.kommoUrl) return null;
  return (
    <a
      href={lead.kommoUrl}
      target="_blank"
      rel="noreferrer"
      className="rounded-control font-medium text-accent-ink underline underline-offset-2"
    >
      {t("open", { id: String(lead.kommoLeadId) })}
    </a>
  );
}

function Problem({ lead: { state, problem } }: { lead: LeadSummary }): ReactNode {
  const t = useTranslations();
  const words = state === "needs_admin" && problem === "unclear" ? "leads.undecided" : `errors.${problem}`;
  return problem && t.has(words) ? <p className="mt-2 max-w-prose">{t(words)}</p> : null;
}
