import { useTranslations } from "next-intl";
import type { RoutingCheck } from "@/lib/domain/routing/schema";

/** What does not work at this place, in sentences. */
export function RoutingChecks({ place, checks }: { place: string; checks: readonly RoutingCheck[] }) {
  const t = useTranslations("routing.checks");
  const here = checks.filter((check) => check.place === place);
  if (here.length === 0) return null;
  return (
    <ul id={`checks-${place}`} tabIndex={-1} className="mt-2 flex flex-col gap-1 text-13">
      {here.map(({ code, values, severity }) => (
        <li
          key={`${code} ${JSON.stringify(values)}`}
          className={severity === "error" ? "font-medium text-needs-admin-ink" : "text-needs-you-ink"}
        >
          {t(code, values)}
        </li>
      ))}
    </ul>
  );
}
