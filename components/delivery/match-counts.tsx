"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { type Matches, matchKinds, toMatchKind } from "./kommo-matches";

type MatchCountsProps = { matches: Matches[]; isWhole: boolean; onChoose: (ids: string[]) => void };

/** How many leads Kommo shows what for; a press selects them. */
export function MatchCounts({ matches, isWhole, onChoose }: MatchCountsProps) {
  const t = useTranslations("delivery.look");
  const counted = matchKinds.map((kind) => ({
    kind,
    some: matches.filter((one) => toMatchKind(one) === kind),
  }));
  return (
    <div className="border-b border-border px-4 py-2 text-13">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-ink-muted">{t("title")}</span>
        {counted.map(
          ({ kind, some }) =>
            some.length > 0 && (
              <Button
                key={kind}
                look="secondary"
                size="small"
                onClick={() => onChoose(some.map(({ id }) => id))}
                className="tabular-nums"
              >
                {t(`kinds.${kind}`, { count: some.length })}
              </Button>
            ),
        )}
      </div>
      {!isWhole && <p className="mt-2 text-ink-muted">{t("cut")}</p>}
    </div>
  );
}
