import { TZDate } from "@date-fns/tz";
import { toKnownZone } from "@/lib/domain/known-zone";
import type { DaysOff, Hours } from "./schema";

const DAYS_AHEAD = 62;
const MINUTES_OF_HOUR = 60;
const DAY_MS = 24 * 60 * 60 * 1000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const ALWAYS: Hours = { days: EVERY_DAY, from: "00:00", to: "00:00" };

/** A moment as the account's calendar and clock show it. `weekday`: 1 is Monday, 7 is Sunday; `minute` of the day. */
export type AccountTime = { day: string; weekday: number; minute: number };

/** Of a moment in epoch milliseconds. The day is written YYYY-MM-DD. */
export function toAccountTime(at: number, zone: string): AccountTime {
  const local = new TZDate(at, toKnownZone(zone));
  const [month, date] = [local.getMonth() + 1, local.getDate()].map((part) => String(part).padStart(2, "0"));
  return {
    day: `${local.getFullYear()}-${month}-${date}`,
    weekday: toWeekday(local.getDay()),
    minute: local.getHours() * MINUTES_OF_HOUR + local.getMinutes(),
  };
}

/** The day of the account at that moment (epoch ms), as YYYY-MM-DD. */
export function toLocalDay(at: number, zone: string): string {
  return toAccountTime(at, zone).day;
}

/**
 * Whether the moment is within these hours of the account. The clock on the wall counts, so that nine o'clock is nine
 * o'clock on the day of a clock change too; an hour that comes twice is within both times.
 */
export function isWithinHours({ days, from, to }: Hours, { weekday, minute }: AccountTime): boolean {
  const [start, end] = [toMinutes(from), toMinutes(to)];
  if (start < end) return days.includes(weekday) && minute >= start && minute < end;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return (days.includes(weekday) && minute >= start) || (days.includes(yesterday) && minute < end);
}

/** Whether that day (YYYY-MM-DD) is among the days off. */
export function isDayOff(daysOff: DaysOff[], day: string): boolean {
  return daysOff.some(({ from, to }) => from <= day && day <= to);
}

/** When the next working day begins after that moment (epoch ms); null when none does within two months. */
export function findNextStart(
  hours: Hours | null,
  daysOff: DaysOff[],
  at: number,
  zone: string,
): number | null {
  const { days, from } = hours ?? ALWAYS;
  const [hour = 0, minute = 0] = from.split(":").map(Number);
  const today = Date.parse(toLocalDay(at, zone));
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const date = new Date(today + ahead * DAY_MS);
    if (!days.includes(toWeekday(date.getUTCDay()))) continue;
    if (isDayOff(daysOff, date.toISOString().slice(0, 10))) continue;
    // Only days on which the person works are asked for their moment, which costs most.
    const start = new TZDate(
      date.getUTCFullYear(),
      date.getUTCMonth(),
      date.getUTCDate(),
      hour,
      minute,
      toKnownZone(zone),
    ).getTime();
    if (start > at) return start;
  }
  return null;
}

function toWeekday(day: number): number {
  return day === 0 ? 7 : day;
}

function toMinutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * MINUTES_OF_HOUR + minute;
}
