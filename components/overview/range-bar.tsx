import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { OverviewAddress } from "@/lib/overview/schema";
import { ranges } from "@/lib/overview/words";

const USUAL = "7";

/** The period stands in the address, with the zone, so that a colleague who gets the link sees the same figures. */
export function RangeBar({ address: { range, from, to, zone } }: { address: OverviewAddress }) {
  const t = useTranslations("overview");
  const isOwn = from !== undefined && to !== undefined;
  const chosen = isOwn ? undefined : (range ?? USUAL);
  const toHref = (days: string) =>
    `/overview?${new URLSearchParams({ range: days, ...(zone && { zone }) })}`;

  return (
    <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-2">
      <nav aria-label={t("period")} className="max-sm:w-full">
        <ul className="flex flex-wrap gap-2">
          {ranges.map((days) => (
            <li key={days} className="max-sm:grow">
              <Link
                href={toHref(days)}
                prefetch={false}
                scroll={false}
                aria-current={days === chosen ? "true" : undefined}
                className="inline-flex min-h-11 w-full items-center justify-center rounded-control border border-border bg-surface px-3 text-13 whitespace-nowrap text-ink-muted hover:text-ink aria-[current]:border-accent-ink aria-[current]:bg-accent-tint aria-[current]:font-medium aria-[current]:text-accent-ink lg:min-h-10"
              >
                {t(`ranges.${days}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Form
        key={`${from} ${to}`}
        action="/overview"
        className="grid grid-cols-[1fr_1fr_auto] items-end gap-2 max-sm:w-full"
      >
        <Field id="overview-from" name="from" type="date" required label={t("from")} defaultValue={from} />
        <Field id="overview-to" name="to" type="date" required label={t("to")} defaultValue={to} />
        {zone && <input type="hidden" name="zone" value={zone} />}
        <Button type="submit" look="secondary" className="mb-5 md:mb-5.5">
          {t("show")}
        </Button>
      </Form>
    </div>
  );
}
