"use client";

import { useTranslations } from "next-intl";
import { useTargetName } from "@/components/mapping/use-target-name";
import type { Difference, Mapping } from "@/lib/domain/mapping/schema";

type DifferencesProps = { differences: readonly Difference[]; mapping: Mapping };

export function Differences({ differences, mapping }: DifferencesProps) {
  const t = useTranslations("mapping.diff");
  const toWords = useDifferenceWords(mapping);
  if (differences.length === 0) return <p className="text-13 text-ink-muted">{t("none")}</p>;
  return (
    <ul className="list-disc pl-5 text-13">
      {differences.map((difference) => (
        <li key={`${difference.code} ${difference.place}`} className="break-words">
          {toWords(difference)}
        </li>
      ))}
    </ul>
  );
}

export function useDifferenceWords(mapping: Mapping): (difference: Difference) => string {
  const t = useTranslations("mapping.diff");
  const toName = useTargetName(mapping);
  const toText = (value: string | number | undefined) =>
    value === undefined || value === "" ? t("empty") : value;
  return ({ code, place, values: { before, after } }) =>
    t(code, { place: toName(place), before: toText(before), after: toText(after) });
}
