"use client";

import { useFormatter } from "next-intl";
import { useNow, useTimeZone } from "./clock";

const MINUTE = 60_000;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const day = { day: "numeric", month: "short" } as const;

/** A time inside a sentence: "14:31" for today, with the date for earlier days. */
export function useMoment(serverNow: number): (at: number) => string {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const now = useNow(serverNow, MINUTE);
  const toDay = (at: number) => format.dateTime(at, { ...day, timeZone });

  return (at) =>
    format.dateTime(at, toDay(at) === toDay(now) ? { ...clock, timeZone } : { ...day, ...clock, timeZone });
}
