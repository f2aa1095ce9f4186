"use client";

import { useTranslations } from "next-intl";
import { useExactTime } from "@/components/ui/use-exact-time";
import type { ProofPage } from "@/lib/daily-proof/schema";

/** How far the making is, or why it is not finished. */
export function MakingState({ making }: { making: NonNullable<ProofPage["making"]> }) {
  const t = useTranslations("dailyProof");
  const toExact = useExactTime();
  const { problem, compared, tryAt, isHalted } = making;
  if (isHalted) return <p className="text-13 text-needs-you-ink">{t("making.halted")}</p>;
  if (problem !== null && tryAt === null)
    return (
      <p className="max-w-prose text-13 text-needs-you-ink">
        {t("making.givenUp", { reason: t(`reasons.${problem}`) })}
      </p>
    );
  if (problem !== null && tryAt !== null)
    return (
      <p className="max-w-prose text-13 text-needs-you-ink">
        {t("making.unfinished", { reason: t(`reasons.${problem}`), time: toExact(tryAt) })}
      </p>
    );
  return (
    <p className="text-13 text-ink-muted tabular-nums">
      {t("making.asked")} {compared > 0 && t("making.progress", { count: compared })}
    </p>
  );
}
