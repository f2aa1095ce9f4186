import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Reason } from "@/lib/domain/lead/fields";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { AttemptStep, type AttemptToShow } from "./attempt-step";
import { LeadStatus } from "./lead-status";
import { OutcomeSteps } from "./outcome/outcome-steps";
import { Step } from "./step";
import { useAuthorName } from "./use-author-name";

type ActivityEntry = { id: string; at: number; action: string; person: string };

type LeadStoryProps = {
  lead: LeadSummary & {
    confirmedAt: number | null;
    anyway: Reason | null;
  };
  attempts: AttemptToShow[];
  /** What people did with the lead after it was saved. */
  activity: ActivityEntry[];
  serverNow: number;
};

/** In order of time: saved, each attempt and each action, then the current state. */
export function LeadStory({ lead, attempts, activity, serverNow }: LeadStoryProps) {
  const t = useTranslations("leads");
  const reasons = useTranslations("entry.duplicates.reasons");
  const toAuthorName = useAuthorName();
  const steps = [
    ...attempts.map((attempt, index) => ({
      at: attempt.startedAt,
      step: <AttemptStep key={attempt.id} attempt={attempt} number={index + 1} />,
    })),
    ...activity.map((entry) => ({ at: entry.at, step: <ActivityStep key={entry.id} entry={entry} /> })),
  ].sort((a, b) => a.at - b.at);
  return (
    <ol>
      <Step title={t("saved")} at={lead.createdAt}>
        <p>{lead.byForm ? toAuthorName(lead) : t("savedBy", { author: lead.author })}</p>
        {lead.anyway && <p>{t("anyway", { reason: reasons(lead.anyway) })}</p>}
      </Step>
      {steps.map(({ step }) => step)}
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
      <OutcomeSteps lead={lead} />
    </ol>
  );
}

function ActivityStep({ entry: { at, action, person } }: { entry: ActivityEntry }) {
  const t = useTranslations("leads");
  return (
    <Step title={t(t.has(`deeds.${action}`) ? `deeds.${action}` : "deeds.other")} at={at}>
      <p>{t("savedBy", { author: person })}</p>
    </Step>
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

/** A lead that needs attention has its message at the top of the page. */
function Problem({ lead: { state, problem } }: { lead: LeadSummary }): ReactNode {
  const t = useTranslations("errors");
  if (state === "needs_fix" || state === "needs_admin" || state === "to_check" || !problem || !t.has(problem))
    return null;
  return <p className="mt-2 max-w-prose">{t(problem)}</p>;
}
