import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { groups, type History, type StateGroup } from "@/lib/history/schema";
import { toAddress, toState } from "./address";

/** The counts stop here: 1000 means 1000 or more. */
const MAX_COUNTED = 1000;

type StateFilterProps = { history: History; counts: Partial<Record<StateGroup, number>> };

/** The state filters, each with the number of its leads. */
export function StateFilter({ history, counts }: StateFilterProps) {
  const t = useTranslations("leads");
  const format = useFormatter();
  // Only who may decide about suspicious leads is told how many there are.
  const isShown = (group: StateGroup) => group !== "to_check" || counts.to_check !== undefined;
  return (
    <nav aria-label={t("standing.label")} className="mb-3 -mx-4 overflow-x-auto px-4 md:mx-0 md:px-0">
      <ul className="flex w-max gap-2 py-1 pr-4 md:w-auto md:flex-wrap">
        {[undefined, ...groups.filter(isShown)].map((group) => {
          const count = group && counts[group];
          return (
            <li key={group ?? "all"}>
              <Link
                href={toAddress(history, toState(group))}
                prefetch={false}
                scroll={false}
                aria-current={history.state === group ? "true" : undefined}
                className="inline-flex min-h-11 items-center gap-2 rounded-control border border-border bg-surface px-3 text-13 whitespace-nowrap text-ink-muted hover:text-ink aria-[current]:border-transparent aria-[current]:bg-accent-tint aria-[current]:font-medium aria-[current]:text-accent-ink lg:min-h-8"
              >
                {t(`standing.${group ?? "all"}`)}
                {count !== undefined && count > 0 && (
                  <span className="font-semibold tabular-nums">
                    {count >= MAX_COUNTED
                      ? t("standing.many", { count: format.number(MAX_COUNTED) })
                      : format.number(count)}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
