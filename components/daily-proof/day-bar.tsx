import { ChevronLeft, ChevronRight } from "lucide-react";
import Form from "next/form";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { ProofPage } from "@/lib/daily-proof/schema";

const DAY_MS = 24 * 60 * 60 * 1000;
const step =
  "inline-flex size-11 items-center justify-center rounded-control border border-border bg-surface text-ink-muted hover:text-ink lg:size-9";

/** The day is in the address, so that a colleague who opens the link sees the same proof. */
export function DayBar({ day, today, earliest }: Pick<ProofPage, "day" | "today" | "earliest">) {
  const t = useTranslations("dailyProof");
  const [before, after] = [toOther(day, -1), toOther(day, 1)];
  return (
    <Form action="/overview/proof" className="mb-3 flex flex-wrap items-end gap-2">
      {before >= earliest && (
        <Link
          href={`/overview/proof?date=${before}`}
          aria-label={t("previous")}
          prefetch={false}
          className={step}
        >
          <ChevronLeft aria-hidden className="size-4" />
        </Link>
      )}
      <div className="min-w-0">
        <label htmlFor="proof-day" className="mb-0.5 block text-12 text-ink-muted">
          {t("day")}
        </label>
        <input
          key={day}
          id="proof-day"
          name="date"
          type="date"
          required
          min={earliest}
          max={today}
          defaultValue={day}
          className="h-11 w-32 min-w-0 sm:w-40 rounded-control border border-border-strong bg-surface px-2 text-14 text-ink hover:border-ink-faint lg:h-9 lg:text-13"
        />
      </div>
      {after <= today && (
        <Link href={`/overview/proof?date=${after}`} aria-label={t("next")} prefetch={false} className={step}>
          <ChevronRight aria-hidden className="size-4" />
        </Link>
      )}
      <Button type="submit" look="secondary" size="small" className="lg:h-9">
        {t("show")}
      </Button>
    </Form>
  );
}

function toOther(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
