import { useTranslations } from "next-intl";
import type { RoutingDifference } from "@/lib/domain/routing/schema";

export function RoutingDifferences({ differences }: { differences: readonly RoutingDifference[] }) {
  const t = useTranslations("routing.diff");
  if (differences.length === 0) return <p className="text-13 text-ink-muted">{t("none")}</p>;
  return (
    <ul className="list-disc pl-5 text-13">
      {differences.map(({ code, place, values }) => (
        <li key={`${code} ${place}`} className="break-words">
          {t(code, values)}
        </li>
      ))}
    </ul>
  );
}
