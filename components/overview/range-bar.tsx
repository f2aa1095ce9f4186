import { ChevronRight } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ranges } from "@/lib/overview/constants";
import type { OverviewAddress } from "@/lib/overview/schema";

const USUAL = "7";
const chip =
  "inline-flex min-h-11 w-full items-center justify-center rounded-control border border-border bg-surface px-1 text-13 sm:px-3 whitespace-nowrap text-ink-muted hover:text-ink lg:min-h-9";
const chosenChip =
  "aria-[current]:border-transparent aria-[current]:bg-accent-tint aria-[current]:font-medium aria-[current]:text-accent-ink";

/** The period and the time zone are in the address, so that a colleague who opens the link sees the same figures. */
export function RangeBar({ address: { range, from, to, zone } }: { address: OverviewAddress }) {
  const t = useTranslations("overview");
  const isOwn = from !== undefined && to !== undefined;
  const chosen = isOwn ? undefined : (range ?? USUAL);
  const toHref = (days: string) => `/overview?${new URLSearchParams({ range: days, ...(zone && { zone }) })}`;

  return (
    <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-1">
      <nav aria-label={t("period")} className="max-sm:w-full">
        <ul className="flex flex-wrap gap-2 max-sm:grid max-sm:grid-cols-4">
          {ranges.map((days) => (
            <li key={days}>
              <Link
                href={toHref(days)}
                prefetch={false}
                scroll={false}
                aria-current={days === chosen ? "true" : undefined}
                className={`${chip} ${chosenChip}`}
              >
                {t(`ranges.${days}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <details key={`${from} ${to}`} open={isOwn} className="group/days max-sm:w-full">
        <summary className="inline-flex min-h-11 cursor-pointer items-center gap-1 rounded-control text-13 font-medium text-accent-ink hover:underline lg:min-h-9">
          <ChevronRight
            aria-hidden
            className="size-4 duration-150 ease-out motion-safe:transition-transform group-open/days:rotate-90"
          />
          {t("ownDays")}
        </summary>
        <Form action="/overview" className="mt-1 grid grid-cols-2 items-end gap-2 sm:flex">
          <Day name="from" label={t("from")} value={from} />
          <Day name="to" label={t("to")} value={to} />
          {zone && <input type="hidden" name="zone" value={zone} />}
          <Button type="submit" look="secondary" size="small" className="max-sm:col-span-2 lg:h-9">
            {t("show")}
          </Button>
        </Form>
      </details>
    </div>
  );
}

function Day({ name, label, value }: { name: "from" | "to"; label: string; value: string | undefined }) {
  return (
    <div className="min-w-0">
      <label htmlFor={`overview-${name}`} className="mb-0.5 block text-12 text-ink-muted">
        {label}
      </label>
      <input
        id={`overview-${name}`}
        name={name}
        type="date"
        required
        defaultValue={value}
        className="h-11 w-full min-w-0 rounded-control border border-border-strong bg-surface px-2 text-14 text-ink hover:border-ink-faint sm:w-40 lg:h-9 lg:text-13"
      />
    </div>
  );
}
