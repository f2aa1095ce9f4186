"use client";

import { useExactTime } from "./use-exact-time";

export function ExactTime({ at }: { at: number }) {
  const toExact = useExactTime();
  return (
    <time dateTime={new Date(at).toISOString()} className="tabular-nums">
      {toExact(at)}
    </time>
  );
}
