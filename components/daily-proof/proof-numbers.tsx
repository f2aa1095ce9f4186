import { useFormatter, useTranslations } from "next-intl";
import type { Counts } from "@/lib/domain/daily-proof/compare-leads";

/** Entered = confirmed = found, or where the chain breaks. */
export function ProofNumbers({ counts }: { counts: Counts }) {
  const t = useTranslations("dailyProof.numbers");
  const { entered, confirmed, found, withdrawn, trashed } = counts;
  return (
    <div className="grid max-w-2xl grid-cols-[minmax(min-content,1fr)_auto_minmax(min-content,1fr)_auto_minmax(min-content,1fr)] items-stretch gap-x-1 sm:gap-x-3">
      <Figure name={t("entered")} value={entered} note={t("withdrawn", { count: withdrawn })} />
      <Sign isEqual={entered === confirmed} />
      <Figure name={t("confirmed")} value={confirmed} note={t("confirmedNote")} />
      <Sign isEqual={confirmed === found} />
      <Figure name={t("found")} value={found} note={t("trashed", { count: trashed })} />
    </div>
  );
}

function Figure({ name, value, note }: { name: string; value: number; note: string }) {
  const format = useFormatter();
  return (
    <p className="flex min-w-0 flex-col rounded-panel border border-border bg-surface px-1.5 py-2 sm:p-4">
      <span className="text-12 text-ink-muted sm:text-13">{name}</span>
      <span className="mt-auto text-20 font-semibold tabular-nums sm:text-28">{format.number(value)}</span>
      <span className="mt-1 text-12 text-ink-faint">{note}</span>
    </p>
  );
}

function Sign({ isEqual }: { isEqual: boolean }) {
  const t = useTranslations("dailyProof.numbers");
  return (
    <p className={`self-center text-20 font-semibold ${isEqual ? "text-good-ink" : "text-needs-you-ink"}`}>
      <span aria-hidden>{isEqual ? "=" : "≠"}</span>
      <span className="sr-only">{t(isEqual ? "equal" : "unequal")}</span>
    </p>
  );
}
