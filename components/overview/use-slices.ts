import { useFormatter, useTranslations } from "next-intl";
import type { Overview } from "@/lib/overview/schema";

const DAY_MS = 24 * 60 * 60 * 1000;
// The starts of the slices are local times already.
const timeZone = "UTC";
const day = { day: "numeric", month: "short", timeZone } as const;
const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;

/** The texts below the bars and in the first column of the table, and the period in words. */
export function useSlices({ from, to, step, slices }: Pick<Overview, "from" | "to" | "step" | "slices">) {
  const t = useTranslations("overview.steps");
  const format = useFormatter();
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const short = slices.map((at) => format.dateTime(at, step === "hour" ? hour : day));
  const full = {
    hour: (at: number) => format.dateTime(at, hour),
    day: (at: number) => format.dateTime(at, { ...day, weekday: "short" }),
    // A week may start before the period, or end after it.
    week: (at: number) => format.dateTimeRange(Math.max(at, first), Math.min(at + 6 * DAY_MS, last), day),
  }[step];
  const withYear = { ...day, year: "numeric" } as const;
  return {
    names: { head: t(step), names: slices.map(full), short },
    period: from === to ? format.dateTime(first, withYear) : format.dateTimeRange(first, last, withYear),
  };
}
