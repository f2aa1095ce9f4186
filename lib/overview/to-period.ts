import { tzOffset, tzScan } from "@date-fns/tz";
import { toDayStart } from "@/lib/audit/to-day-start";
import { MAX_DAYS, type Step } from "./constants";
import type { OverviewAddress } from "./schema";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const USUAL_DAYS = 7;
const MAX_BARS = 92;

const steps: Record<Step, { ms: number; phaseMs: number }> = {
  hour: { ms: HOUR_MS, phaseMs: 0 },
  day: { ms: DAY_MS, phaseMs: 0 },
  // The first day of 1970 was a Thursday; weeks start on Monday.
  week: { ms: 7 * DAY_MS, phaseMs: 3 * DAY_MS },
};

export type Period = ReturnType<typeof toPeriod>;

/**
 * Whole days from `start` up to `end` (epoch ms), in slices of one step. A slice has a second part when the clocks
 * change within it.
 */
export function toPeriod(address: OverviewAddress, now: number) {
  const zone = address.zone ?? "UTC";
  const { from, to } = toDays(address, toDay(now + tzOffset(zone, new Date(now)) * MINUTE_MS));
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const step: Step = days === 1 ? "hour" : days <= MAX_BARS ? "day" : "week";
  const { ms: stepMs, phaseMs } = steps[step];
  const toStep = (local: number) => Math.floor((local + phaseMs) / stepMs);

  const [start, end] = [toDayStart(from, zone), toDayStart(to, zone, 1)];
  const firstStep = toStep(Date.parse(from));
  const count = toStep(Date.parse(to) + DAY_MS - 1) - firstStep + 1;
  const parts = listOffsets(zone, start, end).flatMap(({ since, until, ms }) => {
    const [first, last] = [toStep(since + ms), toStep(until + ms - 1)];
    return Array.from({ length: last - first + 1 }, (_, index) => ({
      slice: first + index - firstStep,
      start: Math.max(since, (first + index) * stepMs - phaseMs - ms),
      end: Math.min(until, (first + index + 1) * stepMs - phaseMs - ms),
    }));
  });
  return {
    ...{ from, to, start, end, step, parts },
    slices: Array.from({ length: count }, (_, index) => (firstStep + index) * stepMs - phaseMs),
  };
}

function toDays({ range, from, to }: OverviewAddress, today: string) {
  if (!from || !to) return { from: addDays(today, 1 - Number(range ?? USUAL_DAYS)), to: today };

  const last = to < today ? to : today;
  const first = from < last ? from : last;
  const earliest = addDays(last, 1 - MAX_DAYS);
  return { from: first > earliest ? first : earliest, to: last };
}

function listOffsets(zone: string, start: number, end: number) {
  const changes = tzScan(zone, { start: new Date(start), end: new Date(end) });
  const offsets = [tzOffset(zone, new Date(start)), ...changes.map(({ offset }) => offset)];
  return offsets.map((minutes, index) => ({
    since: changes[index - 1]?.date.getTime() ?? start,
    until: changes[index]?.date.getTime() ?? end,
    ms: minutes * MINUTE_MS,
  }));
}

function addDays(day: string, count: number): string {
  return toDay(Date.parse(day) + count * DAY_MS);
}

function toDay(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}
