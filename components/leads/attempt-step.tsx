import { useTranslations } from "next-intl";
import { JsonBlock } from "@/components/ui/json-block";
import { Step } from "./step";

export type AttemptToShow = {
  id: string;
  startedAt: number;
  durationMs: number;
  leadCount: number;
  outcome: string;
  status: number | null;
  request: string;
  response: string | null;
};

type AttemptStepProps = { attempt: AttemptToShow; number: number; isTechnical: boolean };

export function AttemptStep({ attempt, number, isTechnical }: AttemptStepProps) {
  const t = useTranslations("leads");
  const outcome = t.has(`outcomes.${attempt.outcome}`) ? attempt.outcome : "other";
  const facts = [
    t("duration", { ms: attempt.durationMs }),
    t("together", { count: attempt.leadCount - 1 }),
    attempt.status === null ? t("noAnswer") : t("answer", { status: String(attempt.status) }),
  ];
  return (
    <Step title={`${t("attempt", { number })}: ${t(`outcomes.${outcome}`)}`} at={attempt.startedAt}>
      {isTechnical && (
        <>
          <p className="tabular-nums">{facts.join(" · ")}</p>
          <JsonBlock title={t("sent")} text={attempt.request} />
          {attempt.response && <JsonBlock title={t("received")} text={attempt.response} />}
        </>
      )}
    </Step>
  );
}
