"use client";

import { useFormatter } from "next-intl";
import { useNow, useTimeZone } from "./clock";
import { useExactTime } from "./use-exact-time";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Relative for less than a day. The exact time shows on hover, and when the surrounding row (`group/row`) has the
 * focus.
 */
export function RelativeTime({ at, serverNow }: { at: number; serverNow: number }) {
  const format = useFormatter();
  const timeZone = useTimeZone();
  const toExact = useExactTime();
  const now = Math.max(useNow(serverNow, MINUTE), at);
  const date = new Date(at);

  return (
    <time dateTime={date.toISOString()} className="group/time relative whitespace-nowrap tabular-nums">
      {now - at < DAY
        ? format.relativeTime(date, { now: now - at < MINUTE ? at : now, style: "short" })
        : format.dateTime(date, { day: "numeric", month: "short", timeZone })}
      <span className="pointer-events-none absolute top-full left-0 z-20 mt-1 hidden rounded-control border border-border bg-raised px-2 py-1 text-12 text-ink shadow-float group-hover/time:block group-has-focus-visible/row:block max-md:right-0 max-md:left-auto">
        {toExact(at)}
      </span>
    </time>
  );
}
