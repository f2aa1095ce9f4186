import { useFormatter } from "next-intl";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long something took, in the largest unit that says enough: 40 sec, 12 min, 3 hr, 2 days. */
export function useDuration(): (ms: number) => string {
  const format = useFormatter();
  const toWords = (value: number, unit: "second" | "minute" | "hour" | "day") =>
    format.number(Math.floor(value), { style: "unit", unit, unitDisplay: "short" });
  return (ms) => {
    if (ms < MINUTE_MS) return toWords(ms / 1000, "second");
    if (ms < 2 * HOUR_MS) return toWords(ms / MINUTE_MS, "minute");
    return ms < 2 * DAY_MS ? toWords(ms / HOUR_MS, "hour") : toWords(ms / DAY_MS, "day");
  };
}
