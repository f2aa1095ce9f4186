"use client";

import { useSyncExternalStore } from "react";

const TICK_MS = 1000;

const listeners = new Set<() => void>();
let ticker: ReturnType<typeof setInterval> | undefined;
/** How far the server's clock is ahead of the browser's, which may be wrong by hours. */
let aheadMs: number | undefined;

export function setServerNow(serverNow: number): void {
  aheadMs = serverNow - Date.now();
}

/** For a part of the page that may be shown long after the page itself; a time that is known already stands. */
export function startClock(serverNow: number): void {
  aheadMs ??= serverNow - Date.now();
}

/** For a time that is kept. */
export function tellServerTime(): number {
  return Date.now() + (aheadMs ?? 0);
}

/**
 * The server's time, updated every `stepMs`. During hydration it is `serverNow`, so that server and browser render the
 * same text.
 */
export function useNow(serverNow: number, stepMs: number): number {
  return useSyncExternalStore(
    subscribe,
    () => {
      aheadMs ??= serverNow - Date.now();
      return Math.floor((Date.now() + aheadMs) / stepMs) * stepMs;
    },
    () => serverNow,
  );
}

/** One timer for all components that show a time. */
function subscribe(onTick: () => void): () => void {
  listeners.add(onTick);
  ticker ??= setInterval(() => {
    for (const listener of listeners) listener();
  }, TICK_MS);
  return () => {
    listeners.delete(onTick);
    if (listeners.size > 0) return;
    clearInterval(ticker);
    ticker = undefined;
  };
}

const subscribeToNothing = () => () => {};

/** UTC during hydration, then the person's time zone. */
export function useTimeZone(): string {
  return useSyncExternalStore(
    subscribeToNothing,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
}
