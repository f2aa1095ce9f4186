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
  /** Sellers see the story; what was sent and what came back is for those who look after the delivery. */
  isTechnical: boolean;
};

/** Top to bottom in time: saved, each attempt, how it stands now. */
export function LeadStory({ lead, attempts, serverNow, isTechnical }: LeadStoryProps) {
  const t = useTranslations("leads");
  return (
    <ol>
      <Step title={t("saved")} at={lead.createdAt}>
        <p>{t("savedBy", { author: lead.author })}</p>
      </Step>
      {attempts.map((attempt, index) => (
        <AttemptStep key={attempt.id} attempt={attempt} number={index + 1} isTechnical={isTechnical} />
      ))}
      {lead.confirmedAt === null ? (
        <Step title={t("now")}>
          <LeadStatus lead={lead} serverNow={serverNow} />
          <Problem code={lead.problem} />
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

function Problem({ code }: { code: string | null }): ReactNode {
  const t = useTranslations("errors");
  return code && t.has(code) ? <p className="mt-2 max-w-prose">{t(code)}</p> : null;
}
