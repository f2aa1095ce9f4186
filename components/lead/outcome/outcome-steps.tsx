import { useTranslations } from "next-intl";
import { Step } from "@/components/lead/step";
import { useDuration } from "@/components/ui/use-duration";
import type { LeadSummary } from "@/lib/domain/lead/schema";
import { StageMark } from "./stage-mark";

/** What people in Kommo have done with the lead: accepted it, and how it ended or where it stands. */
export function OutcomeSteps({ lead: { outcome, there } }: { lead: LeadSummary }) {
  const t = useTranslations("leads.decided");
  const toDuration = useDuration();
  if (!outcome || outcome === "incoming" || !there) return null;
  const { acceptedAt, acceptedBy, acceptedAfterMs, closedAt, stage, lossReason, mergedUrl } = there;
  const isUnknown = outcome === "merged" && mergedUrl === null;
  const isAccepted = acceptedAt !== null || outcome === "accepted";
  return (
    <>
      {isAccepted && (
        <Step
          title={acceptedBy === null ? t("accepted") : t("acceptedBy", { name: acceptedBy })}
          at={acceptedAt ?? undefined}
        >
          {acceptedAfterMs !== null && <p>{t("after", { time: toDuration(acceptedAfterMs) })}</p>}
        </Step>
      )}
      <Step
        title={outcome === "accepted" ? t("now") : t(isUnknown ? "notShown" : outcome)}
        at={closedAt ?? undefined}
      >
        {outcome === "accepted" && (stage ? <StageMark stage={stage} /> : <p>{t("stageUnknown")}</p>)}
        {lossReason !== null && <p>{t("reason", { reason: lossReason })}</p>}
        {outcome === "merged" && (mergedUrl ? <MergedLink url={mergedUrl} /> : <p>{t("mergedHint")}</p>)}
      </Step>
    </>
  );
}

function MergedLink({ url }: { url: string }) {
  const t = useTranslations("leads.decided");
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      className="rounded-control font-medium text-accent-ink underline underline-offset-2"
    >
      {t("mergedInto")}
    </a>
  );
}
