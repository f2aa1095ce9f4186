"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useExactTime } from "@/components/ui/use-exact-time";
import type { ProofPage } from "@/lib/daily-proof/schema";
import { toSummary } from "@/lib/domain/daily-proof/to-summary";
import { ProofNumbers } from "./proof-numbers";
import { ProofRow } from "./proof-row";

type MadeProofProps = {
  proof: NonNullable<ProofPage["proof"]>;
  kommoUrl: string | null;
  onAccept: (rowId: string) => void;
};

export function MadeProof({ proof, kommoUrl, onAccept }: MadeProofProps) {
  const t = useTranslations("dailyProof");
  const toExact = useExactTime();
  const { counts, verdict, open, left, differences, rows, copies, madeAt } = proof;
  const isFine = verdict !== "different";
  const Icon = isFine ? CircleCheck : TriangleAlert;
  return (
    <>
      <p
        className={`flex items-start gap-2 text-16 font-medium ${isFine ? "text-good-ink" : "text-needs-you-ink"}`}
      >
        <Icon aria-hidden className="mt-1 size-4 shrink-0" />
        {t(`verdicts.${toSummary(proof)}`, { count: open })}
      </p>
      <ProofNumbers counts={counts} />
      <p className="max-w-prose text-13 text-ink-muted">
        {t("made", { time: toExact(madeAt) })} {t(`copies.${copies}`)}
      </p>
      {rows.length > 0 && (
        <section aria-labelledby="proof-differences">
          <h2 id="proof-differences" className="mb-2 text-16 font-semibold">
            {t("list")}
          </h2>
          <ul className="rounded-panel border border-border bg-surface">
            {rows.map((row) => (
              <ProofRow key={row.id} row={row} kommoUrl={kommoUrl} onAccept={() => onAccept(row.id)} />
            ))}
          </ul>
        </section>
      )}
      {left > rows.length && (
        <p className="text-13 text-ink-muted">{t("shown", { shown: rows.length, all: left })}</p>
      )}
      {differences > left && (
        <p className="text-13 text-ink-muted">{t("gone", { count: differences - left })}</p>
      )}
    </>
  );
}
