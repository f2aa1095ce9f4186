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
  /** Only for people who manage the delivery. */
  request?: string;
  response?: string | null;
};

export function AttemptStep({ attempt, number }: { attempt: AttemptToShow; number: number }) {
  const t = useTranslations("leads");
  const outcome = t.has(`outcomes.${attempt.outcome}`) ? attempt.outcome : "other";
  const facts = [
    t("duration", { ms: attempt.durationMs }),
    ...(attempt.leadCount > 1 ? [t("together", { count: attempt.leadCount - 1 })] : []),
    attempt.status === null ? t("noAnswer") : t("answer", { status: String(attempt.status) }),
  ];
  return (
    <Step title={`${t("attempt", { number })}: ${t(`outcomes.${outcome}`)}`} at={attempt.startedAt}>
      {attempt.request && (
        <>
          <p className="tabular-nums">{facts.join(" · ")}</p>
          <JsonBlock title={t("sent")} text={attempt.request} />
          {attempt.response && <JsonBlock title={t("received")} text={attempt.response} />}
        </>
      )}
    </Step>
  );
}
