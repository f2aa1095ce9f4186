"use client";

import { useFormatter } from "next-intl";
import { useNow, useTimeZone } from "./clock";

const MINUTE = 60_000;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const day = { day: "numeric", month: "short" } as const;

/** Words for a moment inside a sentence: "14:31" today, with the day before that. */
export function useMoment(serverNow: number): (at: number) => string {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const now = useNow(serverNow, MINUTE);
  const toDay = (at: number) => format.dateTime(at, { ...day, timeZone });

  return (at) =>
    format.dateTime(at, toDay(at) === toDay(now) ? { ...clock, timeZone } : { ...day, ...clock, timeZone });
}
