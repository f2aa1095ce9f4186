"use client";

import { useCallback, useSyncExternalStore } from "react";

/**
 * The time, moving on every `stepMs`. While a page comes alive it is the server's `serverNow`, so that both render the
 * same words; then the browser's own clock takes over.
 */
export function useNow(serverNow: number, stepMs: number): number {
  const subscribe = useCallback(
    (onTick: () => void) => {
      const timer = setInterval(onTick, Math.min(stepMs, 15_000));
      return () => clearInterval(timer);
    },
    [stepMs],
  );
  return useSyncExternalStore(
    subscribe,
    () => Math.floor(Date.now() / stepMs) * stepMs,
    () => serverNow,
  );
}

const never = () => () => {};

/** UTC while the page comes alive, then where the person is. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
