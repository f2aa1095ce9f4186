"use client";

import { useFormatter } from "next-intl";
import { useTimeZone } from "./clock";

const exact = {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;

/** As text, for where a time element cannot stand, such as a button's name. */
export function useExactTime(): (at: number) => string {
  const format = useFormatter();
  const timeZone = useTimeZone();
  return (at) => format.dateTime(at, { ...exact, timeZone });
}
